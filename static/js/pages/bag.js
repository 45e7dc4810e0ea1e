/** The bag page: a changed number is sent at once. */

import { $, $$ } from "../lib/dom.js";

for (const form of $$("form[data-quantity]")) {
  const field = $("[name=quantity][type=number]", form);
  field?.addEventListener("change", () => {
    if (form instanceof HTMLFormElement && form.reportValidity()) form.submit();
  });
}
