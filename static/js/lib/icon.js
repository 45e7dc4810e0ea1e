/** The house's line icons for what scripts draw; pages draw the same ones with `{% icon %}`. */

import { h } from "./dom.js";

// These point along the line of reading and turn with it.
const TURNING = new Set(["back", "next"]);

/**
 * An icon in the text's colour, hidden from readers: name what it is in.
 * @param {string} name an id of static/img/icons.svg
 * @returns {HTMLElement}
 */
export function icon(name) {
  const sprite = document.documentElement.dataset["icons"] ?? "";
  const box = { class: TURNING.has(name) ? "icon icon--turning" : "icon", viewBox: "0 0 24 24", width: 18, height: 18 };
  return h("svg", { ...box, "aria-hidden": "true" }, h("use", { href: `${sprite}#${name}` }));
}
