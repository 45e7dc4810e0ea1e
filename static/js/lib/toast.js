/** Short messages at the foot of the page. They are announced politely and never take the focus. */

import { $, h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icon.js";

const STAY_MS = 6000;

/**
 * @param {string} text
 * @param {{ tone?: "plain" | "error", act?: { label: string, run: () => void }, stay?: number }} [options] an error
 *   stays until it is dismissed; `act` is one button beside the words; `stay` in milliseconds
 */
export function toast(text, { tone = "plain", act, stay = STAY_MS } = {}) {
  const element = h(
    "div",
    { class: tone === "error" ? "toast toast--error" : "toast" },
    h("p", null, text),
    act && h("button", { class: "toast__act", type: "button", "data-dismiss": true, onclick: act.run }, act.label),
    h("button", { class: "button button--icon", type: "button", "data-dismiss": true, "aria-label": t("Dismiss") }, icon("close")),
  );
  $("[data-toasts]")?.append(element);
  if (tone === "plain") setTimeout(() => element.remove(), stay);
}

/** Let the buttons of all toasts work, also of those the server wrote. */
export function listenToToasts() {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    target?.closest("[data-dismiss]")?.closest(".toast")?.remove();
  });
}
