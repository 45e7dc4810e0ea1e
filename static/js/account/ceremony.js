/** The three moments of a passkey, each tied to one form: adding, using, signing in. */

import { readJson } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { creationOptions, credentialJson, requestOptions } from "./passkeys.js";

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<Credential | null>}
 */
async function ask(form) {
  const kind = form.dataset.passkey;
  if (kind === "add") {
    const alone = new FormData(form).has("passwordless");
    const { creation_options: sent } = readJson("passkey-options");
    return navigator.credentials.create({ publicKey: creationOptions(sent.publicKey, alone) });
  }
  const { request_options: sent } = kind === "sign-in" ? await fetchOptions(form) : readJson("passkey-options");
  return navigator.credentials.get({ publicKey: requestOptions(sent.publicKey) });
}

/** @param {HTMLFormElement} form */
async function fetchOptions(form) {
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(t("The passkey could not be asked for. Try again in a minute."));
  return response.json();
}

/**
 * @param {unknown} problem
 * @returns {string}
 */
function told(problem) {
  const name = problem instanceof DOMException ? problem.name : "";
  if (name === "NotAllowedError") return t("The passkey was not used. Try again, or sign in another way.");
  if (name === "InvalidStateError") return t("This passkey is on your account already.");
  if (name === "SecurityError") return t("Passkeys do not work at this address.");
  return problem instanceof Error && !name ? problem.message : t("The passkey did not work.");
}

/** @param {HTMLFormElement} form */
export function listen(form) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const notice = /** @type {HTMLElement} */ (form.querySelector("[data-passkey-problem]"));
    notice.hidden = true;
    try {
      const credential = /** @type {PublicKeyCredential} */ (await ask(form));
      /** @type {HTMLInputElement} */ (form.elements.namedItem("credential")).value = credentialJson(credential);
      form.submit();
    } catch (problem) {
      notice.textContent = told(problem);
      notice.hidden = false;
    }
  });
}
