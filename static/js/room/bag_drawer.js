/** The bag as a drawer: lines, quantities, sums, and the way to pay for each brand's parcel. The server counts. */

import { $, h, readJson } from "../lib/dom.js";
import { ApiError, send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";
import { formatMoney } from "../lib/money.js";
import { pictureOf } from "./pins.js";

/** @typedef {Record<string, any>} Json */

/** @param {HTMLDialogElement} drawer */
export async function openBag(drawer) {
  if (!drawer.open) drawer.showModal();
  await read(drawer, () => send("GET", "/api/v1/bag/"));
}

/**
 * Ask for the bag as it is after something was done, and show it.
 * @param {HTMLDialogElement} drawer
 * @param {() => Promise<Json>} ask
 */
async function read(drawer, ask) {
  const place = /** @type {HTMLElement} */ ($("[data-bag-lines]", drawer));
  const message = /** @type {HTMLElement} */ ($("[data-bag-message]", drawer));
  drawer.setAttribute("aria-busy", "true");
  try {
    const bag = await ask();
    draw(drawer, place, bag);
    message.textContent = "";
    document.dispatchEvent(new CustomEvent("seenow:bag", { detail: { count: bag["count"] } }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    message.textContent = error.code === "network" ? t("No connection. Nothing is lost; try again.") : error.message;
  } finally {
    message.hidden = !message.textContent;
    drawer.removeAttribute("aria-busy");
  }
}

/** @param {HTMLDialogElement} drawer @param {HTMLElement} place @param {Json} bag */
function draw(drawer, place, bag) {
  // The button that was pressed is drawn anew: whoever stood on it stands on it again, or at the title.
  const stood = document.activeElement instanceof HTMLElement && drawer.contains(document.activeElement) ? document.activeElement.dataset["key"] : "";
  place.replaceChildren(...bag["parcels"].map((/** @type {Json} */ parcel) => parcelOf(drawer, parcel)));
  if (!bag["count"]) place.replaceChildren(empty());
  if (stood === undefined || stood === "") return;
  const again = $(`[data-key="${CSS.escape(stood)}"]:not(:disabled)`, place);
  (again ?? $("#bag-title", drawer))?.focus();
}

function empty() {
  return h(
    "div",
    { class: "bag__empty" },
    h("p", { class: "bag__nothing" }, t("Your bag is empty")),
    h("p", { class: "quiet" }, t("Pieces you put in while a show is on wait here. They are held for you from the moment you check out.")),
  );
}

/** @param {HTMLDialogElement} drawer @param {Json} parcel */
function parcelOf(drawer, parcel) {
  const query = new URLSearchParams({ brand: parcel["brand"], currency: parcel["currency"] });
  return h(
    "section",
    { class: "bag__parcel", "aria-label": parcel["brand_name"] },
    h("h3", { class: "bag__brand" }, parcel["brand_name"]),
    h("ul", { class: "bag__lines", role: "list" }, parcel["pieces"].map((/** @type {Json} */ piece) => lineOf(drawer, parcel, piece))),
    h("p", { class: "bag__sum" }, h("span", null, t("Pieces")), h("span", { class: "price" }, formatMoney(parcel["goods"].amount, parcel["goods"].currency))),
    h("a", { class: "button button--wide", href: `/checkout/?${query}` }, t("Check out with %(brand)s", { brand: parcel["brand_name"] })),
  );
}

/** @param {HTMLDialogElement} drawer @param {Json} parcel @param {Json} piece */
function lineOf(drawer, parcel, piece) {
  const { variant, quantity, name, free } = piece;
  const set = (/** @type {number} */ wanted) => () =>
    void read(drawer, () => send("PATCH", `/api/v1/bag/${variant}/`, { quantity: wanted, currency: parcel["currency"] }));
  const step = (/** @type {string} */ key, /** @type {string} */ sign, /** @type {string} */ label, /** @type {number} */ wanted, off = false) =>
    h("button", { class: "bag__step", type: "button", "aria-label": label, disabled: off, onclick: set(wanted), data: { key: `${key}-${variant}` } }, sign);
  return h(
    "li",
    { class: "bag__line" },
    h("div", { class: "thumb bag__picture" }, pictureFor(variant)),
    h(
      "div",
      { class: "bag__text" },
      h("p", { class: "bag__name" }, name),
      piece["options"] && h("p", { class: "quiet" }, piece["options"]),
      free < quantity && h("p", { class: "stock stock--gone" }, free > 0 ? tn("Only %(n)s is left.", "Only %(n)s are left.", free) : t("This piece is gone for now.")),
      h(
        "p",
        { class: "bag__steps" },
        step("less", "−", t("One less of %(name)s", { name }), quantity - 1, quantity < 2),
        h("span", { class: "num" }, String(quantity)),
        step("more", "+", t("One more of %(name)s", { name }), quantity + 1, quantity >= free),
        h("button", { class: "button button--text bag__out", type: "button", onclick: set(0), "aria-label": t("Take out %(name)s", { name }), data: { key: `out-${variant}` } }, t("Take out")),
      ),
    ),
    h("span", { class: "price bag__line-sum" }, formatMoney(piece["sum"].amount, piece["sum"].currency)),
  );
}

/** Pieces of this show have their picture here; of others the name says it. @param {string} variant */
function pictureFor(variant) {
  const products = Object.values(readJson("room-data")?.products ?? {});
  const card = /** @type {Json | undefined} */ (products.find((/** @type {any} */ one) => one.variants.some((/** @type {Json} */ each) => each["id"] === variant)));
  return card ? pictureOf(card) : null;
}
