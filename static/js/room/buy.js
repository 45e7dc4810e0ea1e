/**
 * The buy sheet of the room. Opens on `seenow:buy` {product, touch?} and leads from the piece to the receipt
 * while the show plays on: choose → hold → pay → done. The server holds, prices and decides; nothing here does.
 */

import { $, $$ } from "../lib/dom.js";
import { ApiError, newKey, send } from "../lib/http.js";
import { t } from "../lib/i18n.js";
import { syncClock } from "../lib/clock.js";
import { setWords } from "../lib/tongue.js";
import { putInBag, touch as touched } from "./bag.js";
import { wireBag } from "./bag_button.js";
import { fillContact, readContact, showFieldErrors } from "./buy_contact.js";
import { part, show, showAction, showDone, showMessage, showStep, showTimer } from "./buy_view.js";
import { chosenVariant, drawPay, drawPiece, forgetPiece, payLabel } from "./buy_piece.js";
import { buzz } from "./haptics.js";

const LOOK_MS = 2000;

/**
 * @typedef {{ id: string, label: string, amount: number, currency: string, free: number }} Variant
 * @typedef {{ id: string, name: string, subtitle: string, image: any, variants: Variant[] }} Card
 * @typedef {{ product: Card, currency: string, deliveries: any[], methods: any[], scenarios: string[], contact: Record<string, string> | null, holds: any[], now: string }} Offer
 * @typedef {{ id: string, url: string, state: string, closed_reason: string, currency: string, total_amount: number, payments: any[] }} Order
 */

/** What the sheet is about right now. Keys are made once per intent and kept over its retries. */
const now = {
  product: "",
  touch: "",
  /** Chosen before the sheet was opened. */ variant: "",
  /** @type {Offer | null} */ offer: null,
  /** @type {Order | null} */ order: null,
  key: newKey(),
};

const sheet = /** @type {HTMLDialogElement | null} */ (document.getElementById("buy-sheet"));
const form = /** @type {HTMLFormElement | null} */ (sheet && $("form", sheet));
const slug = sheet?.dataset["event"] ?? "";

/** @param {CustomEvent<{ product: string, variant?: string, hold?: boolean, touch?: Promise<string | null> }>} event */
async function open(event) {
  if (!sheet) return;
  Object.assign(now, { product: event.detail.product, variant: event.detail.variant ?? "", touch: "", order: null, key: newKey() });
  showStep("choose");
  showMessage("");
  showTimer(null);
  orderStands(false);
  forgetPiece();
  setWords($("#buy-title"), t("One moment"));
  if (!sheet.open) sheet.showModal();
  await guarded(async () => {
    await refresh();
    $("#buy-title")?.focus();
    now.touch = (await event.detail.touch) || (await touched(slug, now.product));
    // Wished for before the show: where there is nothing to choose, the one tap holds it.
    if (event.detail.hold && now.offer?.product.variants.length === 1) await hold();
  });
}

async function refresh() {
  const query = new URLSearchParams({ product: now.product, event: slug });
  const offer = /** @type {Offer} */ (await send("GET", `/api/v1/checkout/offer/?${query}`));
  now.offer = offer;
  syncClock(Date.parse(offer.now));
  drawPiece(offer, now.variant);
  drawPay(offer);
  fillContact(offer.contact);
}

async function hold() {
  const variant = chosenVariant();
  if (!variant) return;
  const held = await send("POST", "/api/v1/checkout/hold/", { variant, quantity: 1 }, { key: newKey() });
  buzz([12, 60, 12]);
  showTimer(held.until);
  showStep("pay");
  payLabel(now.offer);
  const first = part("contact").hidden ? part("pay") : $("input", part("contact"));
  first?.focus();
}

async function pay() {
  if (!form || !now.offer) return;
  const order = now.order ? await payAgain(now.order) : await placeOrder(now.offer);
  now.order = order;
  follow(order);
}

/**
 * @param {Offer} offer
 * @returns {Promise<Order>}
 */
async function placeOrder(offer) {
  const choice = choices();
  return send("POST", "/api/v1/checkout/", {
    pieces: [{ variant: chosenVariant(), quantity: 1, touch: now.touch }],
    contact: readContact(),
    ...choice,
    agreed: payLabel(offer),
  }, { key: now.key });
}

/**
 * @param {Order} order
 * @returns {Promise<Order>}
 */
async function payAgain(order) {
  const { method, scenario } = choices();
  return send("POST", `/api/v1/orders/${order.id}/pay/`, { method, scenario }, { key: now.key });
}

function choices() {
  const data = new FormData(form ?? undefined);
  const text = (/** @type {string} */ name) => String(data.get(name) ?? "");
  return { method: text("method"), delivery: text("delivery"), scenario: text("method") === "card" ? text("scenario") : "" };
}

/** @param {Order} order */
function follow(order) {
  const payment = order.payments.at(-1);
  if (order.state === "paid") showDone(order);
  else if (order.state === "cancelled") again(t("The time to pay was over. Nothing was charged."));
  else if (payment?.state === "declined") again(declined(payment.decline_code));
  else if (payment?.state === "cancelled") again(t("The payment did not go through. Nothing was charged."));
  else {
    showAction(payment?.action ?? {});
    setTimeout(() => look(order), LOOK_MS);
  }
}

/** @param {Order} order */
async function look(order) {
  if (now.order?.id !== order.id || part("pay").closest("form")?.hidden === false) return;
  const fresh = await send("GET", `/api/v1/orders/${order.id}/`).catch(() => order);
  now.order = fresh;
  follow(fresh);
}

/** @param {string} message */
function again(message) {
  now.key = newKey();
  if (now.order?.state === "cancelled") now.order = null;
  orderStands(now.order !== null);
  showStep("pay");
  showMessage(message);
}

/** Once an order stands, only the way to pay it is left to choose. @param {boolean} stands */
function orderStands(stands) {
  if (stands) show("contact", false);
  const delivery = part("deliveries").closest("fieldset");
  if (delivery) delivery.hidden = delivery.disabled = stands;
}

/** @param {string} code */
function declined(code) {
  if (code === "insufficient_funds") return t("The card has not enough funds. Nothing was charged.");
  return t("The payment was declined. Nothing was charged. Try again or choose another way.");
}

/** @param {() => Promise<void>} work */
async function guarded(work) {
  showMessage("");
  sheet?.setAttribute("aria-busy", "true");
  for (const button of $$("[data-buy=hold], [data-buy=pay]", sheet ?? document)) button.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (error) {
    await refused(error);
  } finally {
    sheet?.removeAttribute("aria-busy");
    for (const button of $$("[aria-busy]", sheet ?? document)) button.removeAttribute("aria-busy");
  }
}

/** @param {unknown} error */
async function refused(error) {
  if (!(error instanceof ApiError)) throw error;
  // Without an answer the same key is kept: the retry finds out what became of the first try.
  if (error.status !== 0 && error.status < 500) now.key = newKey();
  if (error.code === "network") showMessage(t("No connection. Nothing is lost; try again."));
  else if (error.code === "sold_out") await soldOut();
  else if (error.code === "price_changed") await repriced(error.message);
  else {
    showFieldErrors(error.fields);
    showMessage(error.message);
  }
}

async function soldOut() {
  showStep("choose");
  showTimer(null);
  await refresh();
  showMessage(t("This piece is gone. If one comes back, you see it here."));
}

/** @param {string} message */
async function repriced(message) {
  await refresh();
  payLabel(now.offer);
  showMessage(message);
}

async function bag() {
  const variant = chosenVariant();
  if (!variant) return;
  await putInBag({ variant, quantity: 1, touch: now.touch });
  buzz();
  showMessage(t("It is in your bag."));
}

/** Listen to the room's wishes, to the bag and to the sheet's own buttons. */
export function wireBuying() {
  wireBag();
  if (!sheet || !form) return;
  document.addEventListener("seenow:buy", (event) => {
    event.preventDefault();
    void open(/** @type {CustomEvent} */ (event));
  });
  part("hold").addEventListener("click", () => void guarded(hold));
  part("bag").addEventListener("click", () => void guarded(bag));
  part("edit").addEventListener("click", () => show("contact", true));
  part("other-way").addEventListener("click", () => again(""));
  form.addEventListener("change", () => payLabel(now.offer));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (part("contact").hidden || form.reportValidity()) void guarded(pay);
  });
  document.dispatchEvent(new CustomEvent("seenow:buying"));
}
