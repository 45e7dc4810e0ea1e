/** The boxes of a show's reminders: those of notifications appear once this browser may be written to. */

import { $, $$ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";
import { allowPush, canPush, mayPush, pushState } from "./browser.js";

/** Show what this browser can; without push the forms stay as the server drew them. */
export async function wireChoosers(root = document) {
  const places = $$("[data-push]", root);
  if (!places.length || !canPush() || Notification.permission === "denied") return;
  const state = await pushState().catch(() => null);
  if (!state?.key) return;
  for (const place of places) {
    place.hidden = false;
    draw(place, mayPush() && state.listens);
    $("[data-push-allow]", place)?.addEventListener("click", () => ask(places));
  }
}

/** @param {HTMLElement[]} places */
async function ask(places) {
  const allowed = await allowPush().catch(() => false);
  for (const place of places) draw(place, allowed);
  if (!allowed) toast(t("This browser did not allow notifications. E-mail still works."), { tone: "error" });
  else /** @type {HTMLElement | null} */ ($("input:not([disabled])", places[0]))?.focus();
}

/**
 * @param {HTMLElement} place
 * @param {boolean} allowed
 */
function draw(place, allowed) {
  const question = $("[data-push-ask]", place);
  const boxes = $("[data-push-boxes]", place);
  if (question) question.hidden = allowed;
  if (boxes) boxes.hidden = !allowed;
}
