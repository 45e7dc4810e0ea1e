/**
 * The pieces on the stage. A pin is shown when this viewer's own picture has reached its moment; price, stock and
 * sold-out act at once, for they are true whatever the picture shows.
 */

import { $, $$, h } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";
import { formatMoney } from "../lib/money.js";
import { tongueOf } from "../lib/tongue.js";
import { buzz } from "./haptics.js";
import { atEachTurn, windowText } from "./window.js";

/** From this many pieces on the number is nobody's business. */
export const FEW = 10;

/**
 * @typedef {Record<string, any>} Json
 * @typedef {{ moving: boolean, date: number | null }} Picture
 */

/**
 * The pins whose moment has come, newest last. Without a moving picture there is nothing to wait for.
 * @param {Json[]} pins
 * @param {Picture} picture
 * @param {Set<string>} seen pins that were shown before stay, also when the picture jumps back
 */
export function revealed(pins, { moving, date }, seen) {
  return pins.filter((pin) => !moving || seen.has(pin["id"]) || (date !== null && pin["at"] <= date));
}

/** @param {Json} card @returns {number} pieces of all variants that may still be held */
export function left(card) {
  return card["variants"].reduce((/** @type {number} */ sum, /** @type {Json} */ variant) => sum + variant["free"], 0);
}

/** "€1,250.00", or "from €1,250.00" when sizes cost differently. @param {Json} card */
export function priceText(card) {
  const amounts = card["variants"].map((/** @type {Json} */ variant) => variant["amount"]);
  if (!amounts.length) return "";
  const lowest = Math.min(...amounts);
  const price = formatMoney(lowest, card["variants"][0].currency);
  return Math.max(...amounts) > lowest ? t("from %(price)s", { price }) : price;
}

/** @param {number} pieces */
export function stockText(pieces) {
  if (pieces <= 0) return t("Gone");
  return pieces < FEW ? tn("%(n)s left", "%(n)s left", pieces) : "";
}

/**
 * Ask for the buy sheet of a piece, with the touch that credit may rest on.
 * @param {string} slug
 * @param {string} product
 * @param {string | null} pin
 * @param {{ hold?: boolean, variant?: string }} [wish] `hold` holds the piece at once; `variant` is chosen already
 */
export function wantToBuy(slug, product, pin, { hold = false, variant = "" } = {}) {
  buzz();
  const touch = send("POST", `/api/v1/rooms/${slug}/touches/`, { product }).then(
    (answer) => answer.touch,
    () => null,
  );
  const detail = { product, pin, hold, variant, touch };
  const ask = () => document.dispatchEvent(new CustomEvent("seenow:buy", { detail, cancelable: true }));
  // The shop's part travels by itself; when it is not there yet, it hears of the wish as it comes.
  const unheard = ask();
  if (unheard) document.addEventListener("seenow:buying", ask, { once: true });
}

/**
 * @param {HTMLElement} root
 * @param {import("./store.js").Store} store
 * @param {{ slug: string, announce: (text: string) => void }} options
 */
export function showPins(root, store, { slug, announce }) {
  const place = /** @type {HTMLElement} */ ($("[data-pins]", root));
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {Picture} */
  let picture = { moving: false, date: null };
  let drawn = "";

  const draw = () => {
    const { pins, products } = store.state;
    const shown = revealed(pins, picture, seen).filter((pin) => products[pin["product"]]);
    const newest = shown.filter((pin) => !seen.has(pin["id"])).at(-1);
    for (const pin of shown) seen.add(pin["id"]);
    // Their place is kept until the picture reaches them.
    place.toggleAttribute("data-waits", pins.length > 0);
    const key = JSON.stringify(shown.map((pin) => [pin, products[pin["product"]].variants, windowText(products[pin["product"]])]));
    if (key === drawn) return;
    drawn = key;
    drawPins(place, shown.toReversed(), products, slug);
    markLineup(root, shown);
    if (!newest) return;
    // What comes new is what the host speaks of: the rail turns back to it, unless somebody stands on another piece.
    if (!place.contains(document.activeElement)) place.scrollTo({ left: 0 });
    announce(spoken(products[newest["product"]]));
  };

  const waitForTurn = atEachTurn(() => Object.values(store.state["products"]), draw);

  /** @type {unknown[]} */
  let known = [];
  store.subscribe(({ pins, products }) => {
    // Fifty chat lines a second change nothing here.
    if (pins === known[0] && products === known[1]) return;
    known = [pins, products];
    draw();
    waitForTurn();
  });
  document.addEventListener("seenow:playing-date", (event) => {
    picture = { moving: true, date: /** @type {CustomEvent} */ (event).detail.ms };
    draw();
  });
  document.addEventListener("seenow:feed", (event) => {
    if (/** @type {CustomEvent} */ (event).detail.state !== "live") picture = { moving: false, date: null };
    draw();
  });
  draw();
}

/** @param {Json} card */
function spoken(card) {
  return t("Now on stage: %(name)s, %(price)s", { name: card["name"], price: priceText(card) });
}

/**
 * Keep the elements of pins that stay, so that nothing jumps; the newest is first, the next peeks out beside it.
 * @param {HTMLElement} place
 * @param {Json[]} wanted
 * @param {Record<string, Json>} products
 * @param {string} slug
 */
function drawPins(place, wanted, products, slug) {
  for (const element of [...place.children]) {
    if (!wanted.some((pin) => pin["id"] === /** @type {HTMLElement} */ (element).dataset["pin"])) element.remove();
  }
  wanted.forEach((pin, place_) => {
    const card = /** @type {Json} */ (products[pin["product"]]);
    let element = $(`[data-pin="${CSS.escape(pin["id"])}"]`, place);
    if (!element) element = pinElement(pin, card, slug);
    updatePin(element, card);
    if (place.children[place_] !== element) place.insertBefore(element, place.children[place_] ?? null);
  });
}

/**
 * @param {Json} pin
 * @param {Json} card
 * @param {string} slug
 */
function pinElement(pin, card, slug) {
  const buy = () => wantToBuy(slug, pin["product"], pin["id"]);
  return h(
    "article",
    { class: "pin", data: { pin: pin["id"], product: pin["product"], at: String(pin["at"]) }, "aria-label": card["name"] },
    h("div", { class: "pin__picture" }, pictureOf(card)),
    h(
      "div",
      { class: "pin__text" },
      h("h2", { class: "pin__name" }, h("a", { class: "pin__open", href: card["url"], lang: tongueOf(card["name"]), data: { piece: pin["product"] } }, card["name"])),
      h("p", { class: "pin__line" }, h("span", { class: "price", "data-price": true }), h("span", { class: "stock", "data-stock": true })),
      h("button", { class: "pin__ask", type: "button", hidden: true, data: { ask: pin["product"] } }),
    ),
    h("button", { class: "button pin__buy", type: "button", onclick: buy, "data-buy": true }, t("Buy")),
  );
}

/** @param {HTMLElement} element @param {Json} card */
function updatePin(element, card) {
  const pieces = left(card);
  const buy = /** @type {HTMLButtonElement} */ ($("[data-buy]", element));
  setText($("[data-price]", element), priceText(card));
  const closed = windowText(card);
  showStock($("[data-stock]", element), pieces, closed);
  element.classList.toggle("pin--gone", pieces <= 0);
  buy.disabled = pieces <= 0 || Boolean(closed);
  setText(buy, pieces <= 0 && !closed ? t("Gone") : t("Buy"));
}

/** @param {HTMLElement | null} element @param {number} pieces @param {string} [closed] why the piece is not sold now */
export function showStock(element, pieces, closed = "") {
  if (!element) return;
  setText(element, closed || stockText(pieces));
  element.classList.toggle("stock--low", !closed && pieces > 0 && pieces < 4);
  element.classList.toggle("stock--gone", !closed && pieces <= 0);
}

/** @param {HTMLElement | null} element @param {string} text */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** @param {Json} card */
export function pictureOf(card) {
  const image = card["image"];
  if (!image) return null;
  const sizes = "(width >= 64rem) 9rem, 6rem";
  return h(
    "picture",
    null,
    image.srcset_avif && h("source", { type: "image/avif", srcset: image.srcset_avif, sizes }),
    image.srcset_webp && h("source", { type: "image/webp", srcset: image.srcset_webp, sizes }),
    h("img", { src: image.src, srcset: image.srcset_jpeg, sizes, alt: "", width: image.width, height: image.height, decoding: "async" }),
  );
}

/** The newest pin is what the host speaks of. @param {HTMLElement} root @param {Json[]} pins */
function markLineup(root, pins) {
  const spokenOf = pins.at(-1)?.["product"];
  for (const item of $$("[data-lineup-product]", root)) {
    item.toggleAttribute("data-on-stage", item.dataset["lineupProduct"] === spokenOf);
  }
}
