/** The rehearsal crowd: whether it is there, how many they are, and which of the two forms is offered. */

import { $ } from "../lib/dom.js";
import { tn } from "../lib/i18n.js";

/** @typedef {{ people: number, until: string }} Crowd */

/** @param {HTMLElement} root @param {Crowd | null} crowd */
export function drawCrowd(root, crowd) {
  const [off, on] = [$("[data-crowd-off]", root), $("[data-crowd-on]", root)];
  if (!off || !on) return;
  off.hidden = crowd !== null;
  on.hidden = crowd === null;
  const words = $("[data-crowd-words]", root);
  if (words && crowd) words.textContent = tn("%(n)s made-up viewer is there.", "%(n)s made-up viewers are there.", crowd.people);
}
