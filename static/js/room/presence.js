/** How many people are here; the rehearsal crowd is never among them. */

import { $ } from "../lib/dom.js";
import { language, t, tn } from "../lib/i18n.js";

const LARGE = 1000;

/**
 * A count as it is shown: exact while small, "1.2k" when large. The server rounds down before, so this never adds.
 * @param {number} count
 * @param {string} [tag] BCP 47
 */
export function formatCount(count, tag = language) {
  if (count < LARGE) return new Intl.NumberFormat(tag).format(count);
  const few = { notation: "compact", maximumFractionDigits: 1, roundingMode: "floor" };
  const text = new Intl.NumberFormat(tag, /** @type {Intl.NumberFormatOptions} */ (few)).format(count);
  return tag.startsWith("en") ? text.toLowerCase() : text;
}

/**
 * The words for a count of people.
 * @param {{ viewers: number, rehearsal: number }} presence
 */
export function presenceText({ viewers, rehearsal }) {
  const people = tn("%(n)s watching", "%(n)s watching", viewers, { n: formatCount(viewers) });
  return rehearsal ? t("%(people)s, %(crowd)s in rehearsal", { people, crowd: formatCount(rehearsal) }) : people;
}

/**
 * Until the first count nobody is in the room, although somebody reads it: the words keep their place unseen.
 * @param {HTMLElement} root
 * @param {import("./store.js").Store} store
 */
export function showPresence(root, store) {
  const place = $("[data-presence]", root);
  const draw = () => {
    const presence = /** @type {any} */ (store.state["presence"]);
    const text = presenceText(presence);
    if (place && place.textContent !== text) place.textContent = text;
    place?.toggleAttribute("data-nobody", !presence["viewers"]);
  };
  store.subscribe(draw);
  draw();
}
