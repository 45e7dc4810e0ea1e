/** The contact fields of the buy sheet: typed once, folded to one line for whoever comes back. */

import { $, h } from "../lib/dom.js";
import { part, setText, show } from "./buy_view.js";

const NAMES = ["email", "name", "street", "postcode", "city", "country", "phone"];

/**
 * @param {string} name
 * @returns {HTMLInputElement | HTMLSelectElement | null}
 */
function field(name) {
  return /** @type {any} */ ($(`[name="${name}"]`, part("contact")));
}

/** @param {Record<string, string> | null} contact null for a first purchase */
export function fillContact(contact) {
  show("known", contact !== null);
  show("contact", contact === null);
  if (!contact) return;
  for (const name of NAMES) {
    const input = field(name);
    if (input) input.value = contact[name] ?? "";
  }
  setText("known-text", `${contact["name"]}, ${contact["street"]}, ${contact["city"]} · ${contact["email"]}`);
}

/** @returns {Record<string, string>} */
export function readContact() {
  return Object.fromEntries(NAMES.map((name) => [name, field(name)?.value ?? ""]));
}

/**
 * Put each message beside its field and open the fields if they are folded.
 * @param {Record<string, any>} fields
 */
export function showFieldErrors(fields) {
  for (const name of NAMES) forgive(name);
  const wrong = Object.entries(fields["contact"] ?? {}).filter(([name]) => field(name));
  for (const [name, messages] of wrong) {
    accuse(name, [messages].flat().join(" "));
  }
  if (!wrong.length) return;
  show("contact", true);
  field(wrong[0]?.[0] ?? "")?.focus();
}

/**
 * The message stands behind its field and is read with it, until somebody types there.
 * @param {string} name
 * @param {string} message
 */
function accuse(name, message) {
  const input = field(name);
  if (!input) return;
  const id = `buy-${name}-error`;
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", id);
  input.after(h("p", { class: "field__error", id }, message));
  input.addEventListener("input", () => forgive(name), { once: true });
}

/** @param {string} name */
function forgive(name) {
  const input = field(name);
  input?.removeAttribute("aria-invalid");
  input?.removeAttribute("aria-describedby");
  document.getElementById(`buy-${name}-error`)?.remove();
}
