/** The run of show: what is left of each piece, and its sheet without waiting for its turn. */

import { $, $$, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { tongueOf } from "../lib/tongue.js";
import { left, pictureOf, priceText, setText, showStock } from "./pins.js";
import { atEachTurn, windowText } from "./window.js";

/** @typedef {Record<string, any>} Json */

/**
 * @param {HTMLElement} root
 * @param {import("./store.js").Store} store
 */
export function showLineup(root, store) {
  const lists = $$("[data-lineup]", root);
  let order = JSON.stringify(store.state["lineup"]);

  const updateAll = () => {
    for (const item of $$("[data-lineup-product]", root)) update(item, store.state["products"][item.dataset["lineupProduct"] ?? ""]);
  };
  const waitForTurn = atEachTurn(() => Object.values(store.state["products"]), updateAll);

  /** @type {unknown} */
  let drawn = store.state["products"];
  store.subscribe((room) => {
    // Fifty chat lines a second change nothing here.
    if (room["products"] === drawn && JSON.stringify(room["lineup"]) === order) return;
    drawn = room["products"];
    const now = JSON.stringify(room["lineup"]);
    if (now !== order) for (const list of lists) list.replaceChildren(...room["lineup"].map(entry(room)));
    order = now;
    updateAll();
    waitForTurn();
  });
}

/** @param {HTMLElement} item @param {Json | undefined} card */
function update(item, card) {
  if (!card) return;
  setText($("[data-price]", item), priceText(card));
  showStock($("[data-stock]", item), left(card), windowText(card));
}

/** @param {Json} room */
function entry(room) {
  return (/** @type {Json} */ piece, /** @type {number} */ index) => {
    const card = room["products"][piece["product"]];
    const item = h(
      "li",
      { class: "piece", data: { lineupProduct: piece["product"] } },
      h("div", { class: "piece__picture" }, pictureOf(card)),
      h(
        "div",
        { class: "piece__text" },
        h("p", { class: "piece__number num" }, String(index + 1), h("span", { class: "piece__now" }, t("On stage"))),
        h("a", { class: "piece__name", href: card.url, lang: tongueOf(card.name), data: { piece: piece["product"] } }, card.name),
        h("p", { class: "piece__line" }, h("span", { class: "price", "data-price": true }), h("span", { class: "stock", "data-stock": true }), h("button", { class: "piece__ask", type: "button", hidden: true, data: { ask: piece["product"] } })),
      ),
    );
    update(item, card);
    return item;
  };
}
