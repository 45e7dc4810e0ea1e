/** The wait for a show: words for everybody, figures that change each second for those who look. */

import { remaining, serverNow, waitText } from "./clock.js";
import { $, $$ } from "./dom.js";
import { t, tn } from "./i18n.js";

/** @typedef {"days" | "hours" | "minutes" | "seconds"} Part */

/**
 * Draw the wait until `until` into `root` ([data-countdown-words], [data-part]).
 * @param {HTMLElement} root
 * @param {number} until ms since 1970
 * @param {number} [now]
 * @returns {boolean} whether the moment has come
 */
export function drawWait(root, until, now = serverNow()) {
  const left = remaining(until, now);
  const over = until <= now;
  const words = $("[data-countdown-words]", root);
  const text = over ? t("The host is about to begin. The room opens here by itself.") : waitText(until, now);
  if (words && words.textContent !== text) words.textContent = text;
  const parts = $("[data-countdown-parts]", root);
  if (parts) parts.hidden = over;
  for (const number of $$("[data-part]", root)) {
    const part = /** @type {Part} */ (number.dataset["part"]);
    number.textContent = String(left[part]).padStart(2, "0");
    if (number.nextElementSibling) number.nextElementSibling.textContent = unit(part, left[part]);
  }
  return over;
}

/**
 * @param {Part} part
 * @param {number} n
 */
function unit(part, n) {
  if (part === "days") return tn("day", "days", n);
  if (part === "hours") return tn("hour", "hours", n);
  return part === "minutes" ? tn("minute", "minutes", n) : tn("second", "seconds", n);
}
