/** Another brand, other hosts and editions: they are put in place while everything typed stays. Without script they come when the form is sent. */

import { $ } from "../lib/dom.js";

// What of the page depends on the brand.
const PARTS = [".candidates", "select[name=edition]"];

/**
 * Where the same page stands for another brand.
 * @param {string} holiday
 * @param {string} brand
 * @returns {string}
 */
export function addressOf(holiday, brand) {
  return `?${new URLSearchParams({ holiday: holiday || "none", brand })}`;
}

/**
 * Put the parts of `page` into this one.
 * @param {HTMLFormElement} form
 * @param {ParentNode} page
 */
export function exchange(form, page) {
  for (const part of PARTS) {
    const fresh = page.querySelector(`form ${part}`);
    const old = form.querySelector(part);
    if (fresh && old) old.replaceWith(fresh);
  }
  // Whoever looks for what speaks against the plan looks again.
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLFormElement} form */
function watch(form) {
  const brand = /** @type {HTMLSelectElement} */ (form.elements.namedItem("brand"));
  const holiday = /** @type {HTMLSelectElement | null} */ (form.elements.namedItem("holiday"));
  let last = 0;
  const follow = async () => {
    const turn = ++last;
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(addressOf(holiday?.value ?? "", brand.value));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok && turn === last) exchange(form, page);
    } catch {
      // What was suggested stays; the server says what does not fit.
    } finally {
      if (turn === last) form.removeAttribute("aria-busy");
    }
  };
  brand.addEventListener("change", () => void follow());
  // Chosen before this script came, or put back by the browser.
  const shown = [...brand.options].find((option) => option.defaultSelected);
  if (shown && shown.value !== brand.value) void follow();
}

if (typeof document !== "undefined") {
  const form = /** @type {HTMLFormElement | null} */ ($("form.new-show"));
  if (form?.elements.namedItem("brand")) watch(form);
}
