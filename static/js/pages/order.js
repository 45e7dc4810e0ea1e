/** The order page: while a payment is on its way, look every few seconds and show the letter that follows. */

import { $ } from "../lib/dom.js";
import { send } from "../lib/http.js";

const LOOK_MS = 2500;
const letter = $("[data-order]");

async function look() {
  const order = await send("GET", `/api/v1/orders/${letter?.dataset["order"]}/`).catch(() => null);
  const payment = order?.payments.at(-1)?.state ?? "";
  if (order && (order.state !== letter?.dataset["state"] || payment !== letter?.dataset["payment"])) location.reload();
  else setTimeout(look, LOOK_MS);
}

if (["pending", "action"].includes(letter?.dataset["payment"] ?? "") && letter?.dataset["state"] === "open") {
  setTimeout(look, LOOK_MS);
}
