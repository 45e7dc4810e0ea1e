/** Lines about the pieces against lines about host and company, minute by minute; the figures in words beside it. */

import { $, $$, h } from "../lib/dom.js";
import { formatTime } from "../lib/clock.js";
import { send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";

const WIDTH = 240;
const HEIGHT = 56;
const LOOK_MS = 15_000;
const CLOCK = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/**
 * @typedef {{ at: number, product: number, fan: number, crowd: number }} Minute
 * @typedef {{ minutes: Minute[], product: number, fan: number, crowd: number }} Talk
 * @typedef {{ kind: "product" | "fan", x: number, y: number, width: number, height: number }} Bar
 */

/** The most lines of one minute, at least one: the top of the chart. @param {Minute[]} minutes */
export function peak(minutes) {
  return Math.max(1, ...minutes.map(({ product, fan }) => product + fan));
}

/**
 * The bars, lines about the pieces below and the others on them. A bar is as high as its number says.
 * @param {Minute[]} minutes
 * @param {{ width: number, height: number }} box
 * @returns {Bar[]}
 */
export function barsOf(minutes, { width, height }) {
  const step = width / minutes.length;
  const high = height / peak(minutes);
  return minutes.flatMap(({ product, fan }, at) => {
    const bar = (/** @type {"product" | "fan"} */ kind, /** @type {number} */ from, /** @type {number} */ lines) => ({
      kind,
      x: at * step,
      y: height - (from + lines) * high,
      width: step - Math.min(1, step / 4),
      height: lines * high,
    });
    return [bar("product", 0, product), bar("fan", product, fan)].filter((one) => one.height > 0);
  });
}

/** What the chart says, in one sentence. @param {Talk} talk */
export function talkText({ product, fan, minutes }) {
  if (!product && !fan) return t("Nobody has written in the last hour.");
  const share = Math.round((100 * product) / (product + fan));
  const pieces = tn("%(n)s line about the pieces", "%(n)s lines about the pieces", product);
  const others = tn("%(n)s other", "%(n)s others", fan);
  return t("Last hour: %(pieces)s, %(others)s; %(share)s % about the pieces. Busiest minute: %(peak)s.", { pieces, others, share, peak: peak(minutes) });
}

/** @param {ParentNode} root */
export function wireTalkCharts(root) {
  for (const place of $$("[data-talk-chart]", root)) {
    const look = async () => {
      if (!(/** @type {HTMLDetailsElement} */ (place).open) || document.hidden) return;
      const talk = await send("GET", `/api/v1/rooms/${place.dataset["talkChart"]}/talk/`).catch(() => null);
      if (talk) $("[data-chart]", place)?.replaceChildren(...chart(talk));
    };
    place.addEventListener("toggle", look);
    setInterval(look, LOOK_MS);
  }
}

/** @param {Talk} talk @returns {HTMLElement[]} */
function chart(talk) {
  const text = talkText(talk);
  const { minutes } = talk;
  const bars = barsOf(minutes, { width: WIDTH, height: HEIGHT }).map(({ kind, ...box }) => h("rect", { class: `talk-chart__bar talk-chart__bar--${kind}`, ...box }));
  const drawing = h("svg", { class: "talk-chart__drawing", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": text }, ...bars, h("line", { class: "talk-chart__base", x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT }));
  const ends = [minutes[0], minutes.at(-1)].map((minute) => h("span", null, minute ? formatTime(minute.at, CLOCK) : ""));
  return [
    h("p", { class: "talk-chart__words", "aria-hidden": "true" }, text),
    drawing,
    h("p", { class: "talk-chart__ends num", "aria-hidden": "true" }, ...ends),
    h("p", { class: "talk-chart__key", "aria-hidden": "true" }, h("span", { class: "talk-chart__mark talk-chart__mark--product" }, t("about the pieces")), h("span", { class: "talk-chart__mark talk-chart__mark--fan" }, t("others"))),
    talk.crowd ? h("p", { class: "talk-chart__words" }, tn("%(n)s line of the rehearsal crowd is not counted.", "%(n)s lines of the rehearsal crowd are not counted.", talk.crowd)) : h("span"),
    table(minutes),
  ];
}

/** The same for whom a drawing says nothing. @param {Minute[]} minutes */
function table(minutes) {
  const rows = minutes.filter(({ product, fan }) => product + fan).map(({ at, product, fan }) => h("tr", null, h("th", { scope: "row" }, formatTime(at, CLOCK)), h("td", null, product), h("td", null, fan)));
  const head = h("tr", null, h("th", { scope: "col" }, t("Minute")), h("th", { scope: "col" }, t("about the pieces")), h("th", { scope: "col" }, t("others")));
  return h("div", { class: "visually-hidden" }, h("table", null, h("thead", null, head), h("tbody", null, rows)));
}
