/** How many people are here; the rehearsal crowd is never among them. */

import { $ } from "../lib/dom.js";
import { t, tn } from "../lib/i18n.js";

/**
 * The words for a count of people.
 * @param {{ viewers: number, rehearsal: number }} presence
 */
export function presenceText({ viewers, rehearsal }) {
  const people = tn("%(n)s watching", "%(n)s watching", viewers);
  return rehearsal ? t("%(people)s, %(crowd)s in rehearsal", { people, crowd: rehearsal }) : people;
}

/**
 * @param {HTMLElement} root
 * @param {import("./store.js").Store} store
 */
export function showPresence(root, store) {
  const place = $("[data-presence]", root);
  const draw = () => {
    const text = presenceText(/** @type {any} */ (store.state["presence"]));
    if (place && place.textContent !== text) place.textContent = text;
  };
  store.subscribe(draw);
  draw();
}
