/**
 * Reactions: a tap for the host, seen by the room as a quiet burst over the picture. The server sums all taps of a
 * second; here a burst becomes a handful of marks, never more than a few at once. In calm mode it becomes a number.
 */

import { $, $$, h } from "../lib/dom.js";
import { t, tn } from "../lib/i18n.js";
import { buzz } from "./haptics.js";
import { formatCount } from "./presence.js";

/** As fast as the server listens; what is faster is one hand's tremble. */
export const TAP_MS = 125;
/** Marks in the air at any moment, and of one kind in one burst. */
export const MOST_ALIVE = 24;
const MOST_OF_A_KIND = 5;
const LANES = 5;
const SHOWN_MS = 60_000;
const FLIGHT_MS = 2600;
const UNFOLDED_MS = 5000;

/** @typedef {Record<string, number>} Counts */

/**
 * How many marks stand for a burst: one for one, few for many.
 * @param {number} times
 */
export function marksFor(times) {
  return times > 0 ? Math.min(MOST_OF_A_KIND, 1 + Math.floor(Math.log2(times))) : 0;
}

/**
 * The last minute's reactions by kind.
 * @param {{ at: number, counts: Counts }[]} bursts
 * @param {number} now ms
 * @returns {Counts}
 */
export function lastMinute(bursts, now) {
  /** @type {Counts} */
  const sums = {};
  for (const { at, counts } of bursts) {
    if (now - at >= SHOWN_MS) continue;
    for (const [kind, times] of Object.entries(counts)) sums[kind] = (sums[kind] ?? 0) + times;
  }
  return sums;
}

/** @param {Counts} counts */
const total = (counts) => Object.values(counts).reduce((sum, times) => sum + times, 0);

/** @param {import("./context.js").Room} room */
export function wireReactions(room) {
  const place = $("[data-reactions]", room.root);
  if (!place) return;
  place.hidden = false;
  const air = $("[data-reactions-air]", room.root);
  /** @type {{ at: number, counts: Counts, crowd: Counts }[]} */
  let bursts = [];

  const draw = () => {
    const now = Date.now();
    bursts = bursts.filter(({ at }) => now - at < SHOWN_MS);
    drawCounts(place, lastMinute(bursts, now));
    drawCrowd(place, total(lastMinute(bursts.map(({ at, crowd }) => ({ at, counts: crowd })), now)));
  };
  room.on("reactions", (frame) => {
    bursts.push({ at: Date.now(), counts: frame["counts"], crowd: frame["rehearsal"] });
    if (!room.calm && air && !document.hidden) {
      rise(air, place, frame["counts"], false);
      rise(air, place, frame["rehearsal"], true);
    }
    draw();
  });
  // A number that nobody adds to goes out by itself.
  setInterval(draw, SHOWN_MS / 6);
  listen(place, room);
}

/** @param {HTMLElement} place @param {import("./context.js").Room} room */
function listen(place, room) {
  let heard = -Infinity;
  place.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-react]");
    const now = performance.now();
    if (!(button instanceof HTMLElement) || now - heard < TAP_MS) return;
    unfold(place);
    buzz();
    heard = now;
    if (!room.socket.send({ type: "react", kind: button.dataset["react"] ?? "" })) return;
    button.dataset["given"] = "";
    setTimeout(() => delete button.dataset["given"], 2 * TAP_MS);
  });
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let folding;

/** On a phone the first tap shows the other gestures for a while. @param {HTMLElement} place */
function unfold(place) {
  place.dataset["open"] = "";
  clearTimeout(folding);
  folding = setTimeout(() => delete place.dataset["open"], UNFOLDED_MS);
}

/** @param {HTMLElement} place @param {Counts} counts */
function drawCounts(place, counts) {
  for (const button of $$("[data-react]", place)) {
    const times = counts[button.dataset["react"] ?? ""] ?? 0;
    const number = $("[data-count]", button);
    if (number) number.textContent = times ? formatCount(times) : "";
  }
}

/** @param {HTMLElement} place @param {number} times */
function drawCrowd(place, times) {
  const words = $("[data-reactions-crowd]", place);
  if (!words) return;
  words.hidden = times === 0;
  words.textContent = times ? tn("%(n)s from the rehearsal crowd", "%(n)s from the rehearsal crowd", times) : "";
}

/**
 * Let marks rise; each leaves by itself when its way is over.
 * @param {HTMLElement} air @param {HTMLElement} place @param {Counts} counts @param {boolean} crowd
 */
function rise(air, place, counts, crowd) {
  for (const [kind, times] of Object.entries(counts)) {
    const mark = $(`[data-react="${CSS.escape(kind)}"] svg`, place);
    for (let number = 0; mark && number < marksFor(times) && air.childElementCount < MOST_ALIVE; number += 1) {
      const lane = String(Math.floor(Math.random() * LANES));
      const one = h("span", { class: crowd ? "rising rising--crowd" : "rising", data: { lane, kind, turn: String(number) } }, mark.cloneNode(true));
      one.addEventListener("animationend", () => one.remove());
      // A page that does not animate would keep them.
      setTimeout(() => one.remove(), FLIGHT_MS + number * 200 + 1000);
      air.append(one);
    }
  }
}

/** The name of a kind, for people. @param {string} kind */
export function kindText(kind) {
  return { heart: t("Heart"), applause: t("Applause"), spark: t("Sparkle"), flower: t("Flower") }[kind] ?? kind;
}
