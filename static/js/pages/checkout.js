/** The checkout page: one total that follows the chosen delivery, and a button that acts once. */

import { $, $$ } from "../lib/dom.js";
import { formatMoney } from "../lib/money.js";

const form = $("form[data-checkout]");
const total = $("[data-total]", form ?? document);

function showTotal() {
  const chosen = $("[name=delivery]:checked");
  const figure = total && $("dd", total);
  if (!form || !total || !figure || !chosen) return;
  const amount = Number(form.dataset["goods"]) + Number(chosen.dataset["amount"]);
  const currency = form.dataset["currency"] ?? "EUR";
  figure.textContent = formatMoney(amount, currency);
  total.hidden = false;
  const way = $("[data-delivery]", form);
  const cost = way && $("dd", way);
  if (way && cost) {
    cost.textContent = formatMoney(Number(chosen.dataset["amount"]), currency);
    way.hidden = false;
  }
  for (const option of $$("[data-total-for]")) option.hidden = true;
}

for (const radio of $$("[name=delivery]")) radio.addEventListener("change", showTotal);
form?.addEventListener("submit", () => $("button[type=submit]", form)?.setAttribute("aria-busy", "true"));
showTotal();
