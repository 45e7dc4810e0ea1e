/** Pages with a passkey form: it is shown only where the browser has passkeys. */

import { listen } from "../account/ceremony.js";
import { $$ } from "../lib/dom.js";

if (window.PublicKeyCredential) {
  for (const form of $$("form[data-passkey]")) listen(/** @type {HTMLFormElement} */ (form));
}
