/** What the buy sheet shows: its steps, the timer, messages, the provider's action and the thanks. */

import { $, $$, h } from "../lib/dom.js";
import { formatTime, serverNow, timerText } from "../lib/clock.js";
import { t } from "../lib/i18n.js";
import { formatMoney } from "../lib/money.js";
import { isCalm } from "./calm.js";

/** @type {ReturnType<typeof setInterval> | undefined} */
let ticking;

const ENDING_MS = 60_000;

/**
 * A named part of the sheet.
 * @param {string} name
 * @returns {HTMLElement}
 */
export function part(name) {
  const found = $(`#buy-sheet [data-buy="${name}"]`);
  if (!found) throw new Error(`the buy sheet has no ${name}`);
  return found;
}

/**
 * @param {string} name
 * @param {boolean} visible
 */
export function show(name, visible) {
  part(name).hidden = !visible;
}

/** @param {string} name @param {string} text */
export function setText(name, text) {
  part(name).textContent = text;
}

/** @param {"choose" | "pay" | "action" | "done"} step */
export function showStep(step) {
  for (const section of $$("#buy-sheet [data-step]")) section.hidden = section.dataset["step"] !== step;
}

/** @param {string} text empty hides it */
export function showMessage(text) {
  const message = part("message");
  message.textContent = text;
  message.hidden = !text;
  const sheet = $("#buy-sheet");
  if (text && sheet) sheet.scrollTop = 0;
}

/** @param {string | null} until ISO 8601; null hides it */
export function showTimer(until) {
  clearInterval(ticking);
  const timer = part("timer");
  timer.hidden = !until;
  if (!until) return;
  const end = Date.parse(until);
  const clock = formatTime(end, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const tick = () => {
    const over = serverNow() >= end;
    timer.textContent = over ? t("The hold has ended. Hold it again if it is still here.") : heldText(end, clock, isCalm());
    timer.classList.toggle("timer--ending", end - serverNow() < ENDING_MS && !isCalm());
    if (over) clearInterval(ticking);
  };
  tick();
  ticking = setInterval(tick, 1000);
}

/** Until when; in calm mode nothing counts down. @param {number} end @param {string} clock @param {boolean} calm */
export function heldText(end, clock, calm) {
  if (calm) return t("Held for you until %(clock)s.", { clock });
  return t("Held for you until %(clock)s · %(left)s", { clock, left: timerText(end) });
}

/** @param {{ kind?: string, url?: string, image?: string }} action empty while the provider is asked */
export function showAction({ kind, url, image }) {
  showStep("action");
  const link = /** @type {HTMLAnchorElement} */ (part("action-link"));
  const code = part("qr");
  link.hidden = !url;
  if (url) link.href = url;
  code.hidden = kind !== "qr";
  if (image && $("img", code)?.getAttribute("src") !== image) code.replaceChildren(qrOf(image, code.dataset["alt"] ?? ""));
  show("other-way", Boolean(url));
  setText("action-text", actionText(kind));
}

/** @param {string} src @param {string} alt */
function qrOf(src, alt) {
  return h("img", { class: "qr", src, alt, width: 200, height: 200 });
}

/** @param {string} [kind] */
function actionText(kind) {
  if (kind === "qr") return t("Scan the code with your phone. The show goes on.");
  if (kind === "redirect") return t("Say yes on the provider's page. The show goes on here.");
  return t("We are asking the provider. You will not be charged twice.");
}

/** @param {{ url: string, total_amount: number, currency: string, id: string }} order */
export function showDone(order) {
  showTimer(null);
  showMessage("");
  showStep("done");
  setText("thanks", t("It is yours."));
  setText("done-text", t("%(total)s paid. A letter is on its way to you.", { total: formatMoney(order.total_amount, order.currency) }));
  /** @type {HTMLAnchorElement} */ (part("order-link")).href = order.url;
  part("thanks").focus();
  document.dispatchEvent(new CustomEvent("seenow:bought", { detail: { order: order.id } }));
}
