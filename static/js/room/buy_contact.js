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
  for (const old of part("contact").querySelectorAll(".field__error")) old.remove();
  const wrong = Object.entries(fields["contact"] ?? {}).filter(([name]) => field(name));
  for (const [name, messages] of wrong) {
    const input = field(name);
    input?.setAttribute("aria-invalid", "true");
    input?.after(h("p", { class: "field__error" }, [messages].flat().join(" ")));
  }
  if (!wrong.length) return;
  show("contact", true);
  field(wrong[0]?.[0] ?? "")?.focus();
}
