/** The piece in the buy sheet: picture, variants, price, and what there is to choose for paying. */

import { $, $$, h } from "../lib/dom.js";
import { t, tn } from "../lib/i18n.js";
import { formatMoney } from "../lib/money.js";
import { setWords } from "../lib/tongue.js";
import { part, setText, show } from "./buy_view.js";
import { windowText } from "./window.js";

/**
 * @typedef {import("./buy.js").Offer} Offer
 * @typedef {import("./buy.js").Variant} Variant
 */

const FEW = 5;

/** @param {Offer} offer @param {string} [wanted] the variant chosen before, if it is left */
export function drawPiece(offer, wanted = "") {
  const { product } = offer;
  setWords($("#buy-title"), product.name);
  setWords(part("subtitle"), product.subtitle);
  part("picture").replaceChildren(...picture(product.image));
  const chips = $(".chips", part("variants"));
  const left = product.variants.filter((variant) => variant.free > 0);
  const first = left.find((variant) => variant.id === wanted) ?? left[0] ?? product.variants[0];
  chips?.replaceChildren(...product.variants.map((variant) => chip(variant, variant === first)));
  show("variants", product.variants.length > 1);
  for (const input of $$("input", part("variants"))) input.addEventListener("change", () => drawVariant(offer));
  drawVariant(offer);
}

/**
 * @param {any} image
 * @returns {HTMLElement[]}
 */
function picture(image) {
  if (!image) return [];
  const source = (/** @type {string} */ type, /** @type {string} */ set) => h("source", { type, srcset: set, sizes: "72px" });
  return [
    h(
      "picture",
      null,
      source("image/avif", image.srcset_avif),
      source("image/webp", image.srcset_webp),
      h("img", { src: image.src, alt: image.alt, width: image.width, height: image.height }),
    ),
  ];
}

/**
 * @param {Variant} variant
 * @param {boolean} chosen
 */
function chip(variant, chosen) {
  const input = h("input", { type: "radio", name: "buy_variant", value: variant.id, checked: chosen, disabled: variant.free < 1 });
  return h("label", { class: "chip" }, input, h("span", null, variant.label || variant.id));
}

/** Nothing is known of the piece yet: nothing of the one before may be held in its place. */
export function forgetPiece() {
  for (const name of ["picture", "subtitle", "price", "stock"]) part(name).replaceChildren();
  $(".chips", part("variants"))?.replaceChildren();
  for (const name of ["hold", "bag"]) /** @type {HTMLButtonElement} */ (part(name)).disabled = true;
}

/** @returns {string} the chosen variant's id, empty when none is left */
export function chosenVariant() {
  const chosen = $("input:checked:not(:disabled)", part("variants"));
  return chosen instanceof HTMLInputElement ? chosen.value : "";
}

/**
 * @param {Offer} offer
 * @returns {Variant | undefined}
 */
function variantOf(offer) {
  const id = chosenVariant();
  return offer.product.variants.find((variant) => variant.id === id);
}

/** @param {Offer} offer */
function drawVariant(offer) {
  const variant = variantOf(offer);
  const shown = variant ?? offer.product.variants[0];
  setText("price", shown ? formatMoney(shown.amount, shown.currency) : "");
  const closed = windowText(offer.product);
  setText("stock", closed || stockText(variant));
  part("stock").classList.toggle("stock--low", Boolean(variant && variant.free <= FEW));
  for (const name of ["hold", "bag"]) /** @type {HTMLButtonElement} */ (part(name)).disabled = !variant || Boolean(closed);
}

/** @param {Variant | undefined} variant */
function stockText(variant) {
  if (!variant) return t("This piece is gone for now.");
  return variant.free <= FEW ? tn("%(n)s left", "%(n)s left", variant.free) : "";
}

/** @param {Offer} offer */
export function drawPay(offer) {
  const { deliveries, methods, scenarios, currency } = offer;
  part("deliveries").replaceChildren(
    ...deliveries.map((d, i) => choice("delivery", d.method, d.label, i === 0, formatMoney(d.amount, currency))),
  );
  part("methods").replaceChildren(...methods.map((m, i) => choice("method", m.method, m.label, i === 0)));
  show("sandbox", scenarios.length > 0);
  const select = $("select[name=scenario]", part("sandbox"));
  select?.replaceChildren(...scenarios.map((name) => h("option", { value: name }, SCENARIOS[name] ?? name)));
}

/** @type {Record<string, string>} */
const SCENARIOS = {
  approve: t("be approved"),
  decline: t("be declined"),
  insufficient_funds: t("have insufficient funds"),
  timeout: t("be charged, and the answer get lost"),
  slow: t("take some seconds"),
  unavailable: t("find the provider down"),
};

/**
 * @param {string} name
 * @param {string} value
 * @param {string} label
 * @param {boolean} checked
 * @param {string} [price]
 */
function choice(name, value, label, checked, price) {
  return h(
    "label",
    { class: "choice" },
    h("input", { type: "radio", name, value, checked }),
    h("span", { class: "choice__text" }, label),
    price ? h("span", { class: "price" }, price) : null,
  );
}

/**
 * Write the total on the pay button and return it, in minor units.
 * @param {Offer | null} offer
 * @returns {number}
 */
export function payLabel(offer) {
  const variant = offer && variantOf(offer);
  const chosen = $("input[name=delivery]:checked", part("deliveries"));
  if (!offer || !variant || !(chosen instanceof HTMLInputElement)) return -1;
  const carriage = offer.deliveries.find((delivery) => delivery.method === chosen.value)?.amount ?? 0;
  const total = variant.amount + carriage;
  setText("pay", t("Pay %(total)s", { total: formatMoney(total, offer.currency) }));
  return total;
}
