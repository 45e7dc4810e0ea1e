/** Fills `<section data-fragment="/path/">` with what another part of SeeNow has to say; stays hidden when it has nothing. */

import { $$ } from "../lib/dom.js";
import { localiseTimes } from "../lib/times.js";

/**
 * @param {HTMLElement} slot
 * @returns {Promise<boolean>} whether something was shown
 */
export async function loadFragment(slot) {
  const url = slot.dataset["fragment"];
  if (!url) return false;
  const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer || !answer.ok || answer.redirected) return false;
  // Our own server rendered it for this person; as a document it runs no script.
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const content = [...page.body.childNodes].map((node) => document.importNode(node, true));
  if (content.length === 0) return false;
  slot.replaceChildren(...content);
  slot.hidden = false;
  localiseTimes(slot);
  return true;
}

if (typeof document !== "undefined") $$("[data-fragment]").forEach((slot) => void loadFragment(slot));
