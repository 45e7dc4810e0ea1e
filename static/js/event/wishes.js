/** The list for the night, without leaving the place one reads at. Without script the forms do the same. */

import { $, $$ } from "../lib/dom.js";

/** Send each form aside and take its new face from the answer. */
export function wireWishes() {
  for (const form of $$("[data-wish]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { submitter } = /** @type {SubmitEvent} */ (event);
      change(/** @type {HTMLFormElement} */ (form), submitter);
    });
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 */
async function change(form, submitter) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, submitter) }).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const product = form.elements.namedItem("product");
  const place = product instanceof HTMLInputElement ? page?.getElementById(`piece-${product.value}`) : null;
  const button = place && $("[data-wish] button", place);
  if (!button) return location.reload();
  $("button", form)?.replaceWith(button);
  /** @type {HTMLElement | null} */ ($("button", form))?.focus();
}
