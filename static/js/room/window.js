/** The days a piece is sold in: what stands in the place of its stock before they begin and after they end. */

import { formatTime, serverNow } from "../lib/clock.js";
import { t } from "../lib/i18n.js";

/** @typedef {Record<string, any>} Json */

// The longest wait a timer keeps; a later moment is looked at again when it is over.
const MOST_MS = 2 ** 31 - 1;

/**
 * Where now lies in the days of a piece.
 * @param {Json} card
 * @param {number} [now] ms since 1970
 * @returns {"before" | "after" | ""}
 */
export function windowOf(card, now = serverNow()) {
  if (card["opens_at"] && now < Date.parse(card["opens_at"])) return "before";
  return card["closes_at"] && now >= Date.parse(card["closes_at"]) ? "after" : "";
}

/**
 * "Opens Sat 1 Aug, 10:00", "Closed", or empty while the piece is sold.
 * @param {Json} card
 * @param {number} [now]
 */
export function windowText(card, now = serverNow()) {
  const where = windowOf(card, now);
  if (where === "before") {
    const at = formatTime(card["opens_at"], { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    return t("Opens %(at)s", { at });
  }
  return where === "after" ? t("Closed") : "";
}

/**
 * The next moment at which one of the pieces begins or ceases to be sold; null when there is none.
 * @param {Json[]} cards
 * @param {number} [now]
 * @returns {number | null}
 */
export function nextTurn(cards, now = serverNow()) {
  const moments = cards
    .flatMap((card) => [card["opens_at"], card["closes_at"]])
    .map((moment) => (moment ? Date.parse(moment) : Number.NaN))
    .filter((moment) => moment > now);
  return moments.length ? Math.min(...moments) : null;
}

/**
 * Call `draw` again at each turn of the pieces `cards()` names. Call the result when the pieces have changed.
 * @param {() => Json[]} cards
 * @param {() => void} draw
 */
export function atEachTurn(cards, draw) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const wait = () => {
    clearTimeout(waiting);
    const turn = nextTurn(cards());
    if (turn === null) return;
    waiting = setTimeout(() => {
      draw();
      wait();
    }, Math.min(turn - serverNow() + 50, MOST_MS));
  };
  wait();
  return wait;
}
