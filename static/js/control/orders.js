/** Orders by the minute: a line of bars, each as high as its number says, and the same in words. */

import { $, h } from "../lib/dom.js";
import { language, tn } from "../lib/i18n.js";

const WIDTH = 300;
const HEIGHT = 48;
const GAP = 2;

/**
 * @typedef {Record<string, any>} Json
 * @typedef {{ x: number, y: number, width: number, height: number }} Bar
 */

/**
 * The bars of `minutes`, oldest first; a minute without orders has none.
 * @param {number[]} minutes @param {{ width: number, height: number }} box
 * @returns {Bar[]}
 */
export function barsOf(minutes, { width, height }) {
  const step = width / Math.max(1, minutes.length);
  const most = Math.max(1, ...minutes);
  return minutes.flatMap((orders, at) => {
    const tall = (orders * height) / most;
    return orders ? [{ x: at * step, y: height - tall, width: Math.max(1, step - GAP), height: tall }] : [];
  });
}

/** @param {Json} told orders in the last so many minutes */
export function latelyText({ lately, span }) {
  return tn("%(n)s order in the last %(span)s minutes", "%(n)s orders in the last %(span)s minutes", lately, { span });
}

/** @param {HTMLElement} root @param {Json} told */
export function drawOrders(root, told) {
  const number = new Intl.NumberFormat(language);
  write($('[data-sum="orders"]', root), number.format(told["orders"]));
  write($('[data-sum="pieces"]', root), number.format(told["pieces"]));
  write($('[data-sum="net"]', root), told["net"].join(", ") || "–");
  write($("[data-spark-text]", root), latelyText(/** @type {any} */ (told)));
  $("[data-spark]", root)?.replaceChildren(spark(told["minutes"]));
}

/** @param {number[]} minutes */
function spark(minutes) {
  const bars = barsOf(minutes, { width: WIDTH, height: HEIGHT });
  const drawn = bars.map((bar) => h("rect", { class: "spark__bar", ...bar }));
  const ground = h("line", { class: "spark__ground", x1: 0, y1: HEIGHT, x2: WIDTH, y2: HEIGHT });
  return h("svg", { class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT + 1}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ground, ...drawn);
}

/** @param {HTMLElement | null} place @param {string} text */
function write(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}
