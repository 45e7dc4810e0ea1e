/** The server's clock in the browser, and times as people read them. */

import { language, t, tn } from "./i18n.js";

let offset = 0;
let surest = Infinity;

/**
 * Learn the server's time. Of several answers the one with the shortest round trip is believed.
 * @param {number} ms server time, ms since 1970
 * @param {number} [roundTrip] how long the question took, ms
 */
export function syncClock(ms, roundTrip = 0) {
  if (roundTrip > surest) return;
  surest = roundTrip;
  offset = ms + roundTrip / 2 - Date.now();
}

/** The server's time now, ms since 1970. */
export function serverNow() {
  return Date.now() + offset;
}

/**
 * Whole days, hours, minutes and seconds until a moment; all zero when it has passed.
 * @param {number} until ms since 1970
 * @param {number} [now]
 */
export function remaining(until, now = serverNow()) {
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return {
    days: Math.floor(seconds / 86400),
    hours: Math.floor(seconds / 3600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  };
}

/**
 * `4:09` or `1:04:09`: a timer's text.
 * @param {number} until ms since 1970
 * @param {number} [now]
 * @returns {string}
 */
export function timerText(until, now = serverNow()) {
  const { days, hours, minutes, seconds } = remaining(until, now);
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const whole = days * 24 + hours;
  return whole ? `${whole}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/**
 * The wait in words, two units at most: "in 3 days and 4 hours".
 * @param {number} until ms since 1970
 * @param {number} [now]
 * @returns {string}
 */
export function waitText(until, now = serverNow()) {
  const { days, hours, minutes } = remaining(until, now);
  const parts = [
    days && tn("%(n)s day", "%(n)s days", days),
    hours && tn("%(n)s hour", "%(n)s hours", hours),
    minutes && tn("%(n)s minute", "%(n)s minutes", minutes),
  ].filter(Boolean);
  const [first, second] = parts;
  if (!first) return t("In a moment");
  return second ? t("In %(first)s and %(second)s", { first, second }) : t("In %(first)s", { first });
}

// Plain English writes the day first and 24 hours, as the server's own pages do.
const written = language === "en" ? "en-GB" : language;

/**
 * A moment in the viewer's zone and language.
 * @param {number | string | Date} moment
 * @param {Intl.DateTimeFormatOptions} options
 * @returns {string}
 */
export function formatTime(moment, options) {
  return new Intl.DateTimeFormat(written, options).format(new Date(moment));
}
