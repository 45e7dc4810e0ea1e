/**
 * The room's voice for screen readers: one polite region for pins, answers, mentions and announcements. A busy
 * room never talks over itself: after a word comes a pause, and of what came up meanwhile only the latest is said.
 */

import { $ } from "../lib/dom.js";

export const PAUSE_MS = 4000;

/**
 * @param {(text: string) => void} say
 * @param {{ later?: (run: () => void, ms: number) => unknown }} [tools]
 * @returns {(text: string) => void}
 */
export function throttled(say, { later = setTimeout } = {}) {
  let waiting = "";
  let quiet = true;
  const next = () => {
    quiet = true;
    if (waiting) speak(waiting);
  };
  const speak = (/** @type {string} */ text) => {
    quiet = false;
    waiting = "";
    say(text);
    later(next, PAUSE_MS);
  };
  return (text) => {
    if (!text) return;
    if (quiet) speak(text);
    else waiting = text;
  };
}

/**
 * @param {HTMLElement} root holds `[data-announce]`
 * @returns {(text: string) => void}
 */
export function spokenIn(root) {
  const region = $("[data-announce]", root);
  return throttled((text) => {
    if (!region) return;
    // The same words twice are two events; an unchanged region would stay silent.
    region.textContent = region.textContent === text ? `${text}\u00a0` : text;
  });
}
