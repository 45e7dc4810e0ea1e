/** The product page: price and stock follow the choice; who showed the piece is asked for. */

import { $, $$ } from "../lib/dom.js";
import { wireModels } from "../lib/model.js";
import { formatMoney } from "../lib/money.js";
import "../studio/fragments.js";

const price = $("[data-price]");
const stock = $("[data-buy] .buy__line [data-stock]");

/** @param {HTMLElement} choice the checked radio, which carries what the server said of its variant */
function show(choice) {
  const { amount = "0", currency = "", stock: left = "", class: look = "" } = choice.dataset;
  if (price) price.textContent = formatMoney(Number(amount), currency);
  if (!stock) return;
  stock.textContent = left;
  stock.className = `stock ${look}`;
}

const choices = /** @type {HTMLInputElement[]} */ ($$('[data-buy] input[type="radio"]'));
choices.forEach((choice) => choice.addEventListener("change", () => show(choice)));
// A browser that comes back to the page restores the choice without an event.
choices.filter((choice) => choice.checked).forEach(show);

wireModels();
