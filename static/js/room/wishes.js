/** On the night: one tap on a piece of one's own list opens the shop's sheet, which holds it. */

import { wantToBuy } from "./pins.js";

/**
 * Without the sheet the form stands: it puts the piece into the bag.
 * @param {HTMLElement} root
 * @param {string} slug
 */
export function wireWishes(root, slug) {
  if (!document.getElementById("buy-sheet")) return;
  root.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-take-wish]");
    if (!(button instanceof HTMLElement) || !button.dataset["takeWish"]) return;
    event.preventDefault();
    /** @type {HTMLDialogElement | null} */ (button.closest("dialog"))?.close();
    wantToBuy(slug, button.dataset["takeWish"], null, { hold: true });
  });
}
