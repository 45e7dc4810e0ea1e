/** What the moderators' page calls things. Pure: cards in, words out. */

import { formatTime } from "../lib/clock.js";
import { t, tn } from "../lib/i18n.js";
import { lengthText } from "../room/moderate.js";

/** @typedef {Record<string, any>} Json */

/** From this many lines held for the same reason on, they are a wave and are decided about at once. */
export const WAVE = 3;

/** What an act's detail tells a reader: a length, a number of lines, a word, new rules. @param {Json} detail */
export function detailText({ seconds, scope, count, text, term, after }) {
  const found = [
    seconds && lengthText(seconds),
    scope === "brand" && t("all rooms of the maison"),
    count && tn("%(n)s line", "%(n)s lines", count),
    text,
    term,
    after && Object.entries(after).map(([name, value]) => ruleText(name, value)).join(", "),
  ];
  return found.filter(Boolean).join(" · ");
}

/** A rule as it was set. @param {string} name @param {any} value */
export function ruleText(name, value) {
  /** @type {Record<string, () => string>} */
  const rules = {
    slow_seconds: () => (value ? t("slow mode of %(length)s", { length: lengthText(value) }) : t("no slow mode")),
    writers: () => ({ everyone: t("everybody writes"), followers: t("followers write"), buyers: t("buyers write") })[/** @type {string} */ (value)] ?? value,
    review: () => (value ? t("every line waits") : t("lines do not wait")),
    chat_needs_account: () => (value ? t("only with an account") : t("guests, too")),
  };
  return rules[name]?.() ?? name;
}

/** @type {Record<string, () => string>} */
const REASONS = {
  review: () => t("All lines are reviewed"),
  flood: () => t("Many lines alike"),
  blocked_words: () => t("A blocked word"),
  evasion: () => t("From where somebody was banned"),
};

/** Why a line waits. @param {string} reason */
export function reasonText(reason) {
  return REASONS[reason]?.() ?? t("It waits for a moderator");
}

/** A sanction in one line: what, where, until when. @param {Json} sanction */
export function forceText({ label, scope, until }) {
  const where = scope === "brand" ? t("all rooms of the maison") : t("this show");
  const end = until ? t("until %(time)s", { time: clockText(until) }) : t("until it is lifted");
  return t("%(kind)s, %(where)s, %(end)s", { kind: label, where, end });
}

/** A moment on the page: the clock today, with its day otherwise. @param {number | string} at @param {number} [now] */
export function clockText(at, now = Date.now()) {
  const clock = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return formatTime(at, sameDay ? clock : { day: "numeric", month: "short", ...clock });
}

/**
 * The queue's waves: lines held for the same reason, none of them alone.
 * @param {Json[]} items
 * @returns {{ reason: string, ids: string[], people: number }[]}
 */
export function wavesOf(items) {
  /** @type {Map<string, Json[]>} */
  const groups = new Map();
  for (const item of items) {
    if (item["reason"] !== "review") groups.set(item["reason"], [...(groups.get(item["reason"]) ?? []), item]);
  }
  return [...groups]
    .filter(([, held]) => held.length >= WAVE)
    .map(([reason, held]) => ({ reason, ids: held.map((one) => one["id"]), people: new Set(held.map((one) => one["author"])).size }));
}

/** @param {{ ids: string[], people: number, reason: string }} wave */
export function waveText({ ids, people, reason }) {
  const lines = tn("%(n)s line", "%(n)s lines", ids.length);
  const from = tn("%(n)s person", "%(n)s people", people);
  return t("%(reason)s: %(lines)s of %(people)s wait.", { reason: reasonText(reason), lines, people: from });
}
