/** The bag of the room: how many pieces lie in it, and the way to see them while the show goes on. */

import { $ } from "../lib/dom.js";
import { tn } from "../lib/i18n.js";

export function wireBag() {
  const drawer = /** @type {HTMLDialogElement | null} */ ($("#bag-drawer"));
  const button = $("[data-bag-open]");
  if (!drawer || !button) return;
  let count = Number(drawer.dataset["count"] ?? 0);
  const draw = () => {
    const place = $("[data-bag-count]", button);
    if (place) place.textContent = count ? String(count) : "";
    button.setAttribute("aria-label", tn("Your bag, %(n)s piece", "Your bag, %(n)s pieces", count));
  };
  const open = async () => {
    const { openBag } = await import("./bag_drawer.js");
    await openBag(drawer);
  };
  button.addEventListener("click", () => void open());
  document.addEventListener("seenow:bag", (event) => {
    count = /** @type {CustomEvent} */ (event).detail.count;
    draw();
  });
  button.hidden = false;
  draw();
}
