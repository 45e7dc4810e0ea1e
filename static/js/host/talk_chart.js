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
 * @typedef {{ product: number, fan: number, crowd_product: number, crowd_fan: number }} Lines
 * @typedef {Lines & { at: number }} Minute
 * @typedef {Lines & { minutes: Minute[] }} Talk
 * @typedef {{ kind: keyof Lines, x: number, y: number, width: number, height: number }} Bar
 */

/** From the ground up; the rehearsal crowd stands apart on top. @type {(keyof Lines)[]} */
const KINDS = ["product", "fan", "crowd_product", "crowd_fan"];

/** The most lines of one minute, at least one: the top of the chart. @param {Minute[]} minutes */
export function peak(minutes) {
  return Math.max(1, ...minutes.map((minute) => KINDS.reduce((sum, kind) => sum + minute[kind], 0)));
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
  return minutes.flatMap((minute, at) => {
    let from = 0;
    return KINDS.filter((kind) => minute[kind]).map((kind) => {
      from += minute[kind];
      return { kind, x: at * step, y: height - from * high, width: step - Math.min(1, step / 4), height: minute[kind] * high };
    });
  });
}

/** What the chart says, in one sentence or two. @param {Talk} talk */
export function talkText({ product, fan, crowd_product: crowdProduct, crowd_fan: crowdFan, minutes }) {
  const busiest = Math.max(...minutes.map((minute) => minute.product + minute.fan));
  const share = Math.round((100 * product) / (product + fan));
  const counted =
    product || fan
      ? t("Last hour: %(lines)s. %(share)s % are about the pieces, %(busiest)s lines in the busiest minute.", { lines: linesText(product, fan), share, busiest })
      : t("Nobody in the audience has written in the last hour.");
  if (!crowdProduct && !crowdFan) return counted;
  return `${counted} ${t("The rehearsal crowd, apart: %(lines)s.", { lines: linesText(crowdProduct, crowdFan) })}`;
}

/** @param {number} product @param {number} fan */
function linesText(product, fan) {
  const pieces = tn("%(n)s line about the pieces", "%(n)s lines about the pieces", product);
  return t("%(pieces)s, %(others)s", { pieces, others: tn("%(n)s other", "%(n)s others", fan) });
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
  const bars = barsOf(minutes, { width: WIDTH, height: HEIGHT }).map(({ kind, ...box }) => h("rect", { class: `talk-chart__bar talk-chart__bar--${kind.replace("crowd_", "crowd talk-chart__bar--")}`, ...box }));
  const drawing = h("svg", { class: "talk-chart__drawing", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": text }, ...bars, h("line", { class: "talk-chart__base", x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT }));
  const ends = [minutes[0], minutes.at(-1)].map((minute) => h("span", null, minute ? formatTime(minute.at, CLOCK) : ""));
  return [
    h("p", { class: "talk-chart__words", "aria-hidden": "true" }, text),
    drawing,
    h("p", { class: "talk-chart__ends num", "aria-hidden": "true" }, ...ends),
    h("p", { class: "talk-chart__key", "aria-hidden": "true" }, h("span", { class: "talk-chart__mark talk-chart__mark--product" }, t("about the pieces")), h("span", { class: "talk-chart__mark talk-chart__mark--fan" }, t("others"))),
    table(minutes),
  ];
}

/** The same for whom a drawing says nothing. @param {Minute[]} minutes */
function table(minutes) {
  const rows = minutes.filter(({ product, fan }) => product + fan).map(({ at, product, fan }) => h("tr", null, h("th", { scope: "row" }, formatTime(at, CLOCK)), h("td", null, product), h("td", null, fan)));
  const head = h("tr", null, h("th", { scope: "col" }, t("Minute")), h("th", { scope: "col" }, t("about the pieces")), h("th", { scope: "col" }, t("others")));
  return h("div", { class: "visually-hidden" }, h("table", null, h("thead", null, head), h("tbody", null, rows)));
}
