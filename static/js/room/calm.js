/**
 * Calm mode: no bursts, no movement, no clock that runs down, and a chat one can read. Remembered in this browser;
 * who asks the system for less motion starts with it.
 *
 * Parts of the page read `room.calm`, styles `[data-calm]` on the page, scripts without a room `isCalm()`.
 */

import { $ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const REMEMBERED = "seenow.calm";

/** Whether this page is calm. */
export function isCalm() {
  return document.documentElement.hasAttribute("data-calm");
}

/**
 * What to begin with.
 * @param {string | null} remembered `1`, `0` or nothing yet
 * @param {boolean} lessMotion what the system asks for
 */
export function startsCalm(remembered, lessMotion) {
  return remembered === null ? lessMotion : remembered === "1";
}

/** @param {import("./context.js").Room} room */
export function wireCalm(room) {
  const button = $("[data-calm-switch]", room.root);
  const set = (/** @type {boolean} */ calm) => {
    room.calm = calm;
    document.documentElement.toggleAttribute("data-calm", calm);
    button?.setAttribute("aria-pressed", String(calm));
    room.root.dispatchEvent(new CustomEvent("seenow:calm", { detail: { calm } }));
  };
  button?.addEventListener("click", () => {
    set(!room.calm);
    remember(room.calm);
    room.announce(room.calm ? t("Calm: fewer lines, no movement, no countdowns.") : t("The whole chat, with everything that moves."));
  });
  set(startsCalm(remembered(), matchMedia("(prefers-reduced-motion: reduce)").matches));
}

/** @returns {string | null} */
function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

/** @param {boolean} calm */
function remember(calm) {
  try {
    localStorage.setItem(REMEMBERED, calm ? "1" : "0");
  } catch {
    // Without storage it holds for this page.
  }
}
