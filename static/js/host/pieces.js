/** The line-up as cards: a tap lays a piece on the stage; a held finger, a click or a key takes it off. */

import { $, $$, h } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";
import { tongueOf } from "../lib/tongue.js";
import { buzz } from "../room/haptics.js";
import { freeOf } from "./numbers.js";

const LOW = 3;
/** As long as it takes to mean it. */
export const HOLD_MS = 550;

/**
 * @typedef {import("../room/store.js").Store} Store
 * @typedef {Record<string, any>} Json
 */

/**
 * @param {HTMLElement} root
 * @param {{ slug: string, store: Store, refresh: () => Promise<void> }} room `refresh` reads the room when no socket tells us
 */
export function wirePieces(root, { slug, store, refresh }) {
  const draw = () => drawCards(root, store.state);
  const act = (/** @type {HTMLFormElement} */ card) => {
    buzz();
    press(card, slug).then(refresh, (error) => toast(error.message, { tone: "error" })).finally(() => busy(card, false));
  };
  const touched = wireHold(root, act);
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const card = /** @type {HTMLFormElement} */ (event.target);
    if (needsHold(card.dataset["pin"] ?? "", touched())) return toast(t("Hold it to take it off the stage."));
    act(card);
  });
  store.subscribe((state, frame) => {
    if (frame.type === "lineup.changed" || frame.type === "hello") rebuild(root, state);
    draw();
  });
  draw();
  showNext(root);
}

/**
 * A thumb brushes the glass; what viewers look at does not vanish by that.
 * @param {string} pin the pin of the card, empty when it is not on the stage
 * @param {string} pointer `touch`, `mouse`, `pen`, or empty for a key
 */
export function needsHold(pin, pointer) {
  return Boolean(pin) && pointer === "touch";
}

/**
 * @param {HTMLElement} root
 * @param {(card: HTMLFormElement) => void} act called when a finger rested long enough on a piece of the stage
 * @returns {() => string} what pressed last: `touch`, `mouse`, `pen`, or empty for a key
 */
function wireHold(root, act) {
  let pointer = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const end = () => {
    clearTimeout(waiting);
    for (const card of $$("[data-holding]", root)) delete card.dataset["holding"];
  };
  root.addEventListener("pointerdown", (event) => {
    pointer = event.pointerType;
    const card = event.target instanceof Element ? event.target.closest("form") : null;
    if (!card || !needsHold(card.dataset["pin"] ?? "", pointer)) return;
    card.dataset["holding"] = "";
    waiting = setTimeout(() => {
      end();
      act(card);
    }, HOLD_MS);
  });
  for (const over of ["pointerup", "pointercancel", "pointerleave"]) root.addEventListener(over, end);
  root.addEventListener("keydown", () => (pointer = ""));
  // A long press would open the browser's own menu.
  root.addEventListener("contextmenu", (event) => pointer === "touch" && event.preventDefault());
  return () => pointer;
}

/**
 * @param {HTMLFormElement} card
 * @param {string} slug
 */
function press(card, slug) {
  busy(card, true);
  const { pin, item } = card.dataset;
  if (pin) return send("DELETE", `/api/v1/rooms/${slug}/pins/${pin}/`);
  return send("POST", `/api/v1/rooms/${slug}/pins/`, { item });
}

/**
 * @param {HTMLFormElement} card
 * @param {boolean} on
 */
function busy(card, on) {
  const button = /** @type {HTMLButtonElement} */ ($("button", card));
  button.toggleAttribute("aria-busy", on);
  if (on) button.setAttribute("aria-busy", "true");
}

/**
 * @param {HTMLElement} root
 * @param {Json} state
 */
function drawCards(root, state) {
  const pins = new Map(state["pins"].map((/** @type {Json} */ pin) => [pin["item"], pin["id"]]));
  const open = ["rehearsal", "live"].includes(state["event"]["state"]);
  for (const card of $$("[data-item]", root)) {
    const pin = pins.get(card.dataset["item"]) ?? "";
    card.dataset["pin"] = pin;
    card.classList.toggle("piece-card--pinned", Boolean(pin));
    const button = /** @type {HTMLButtonElement} */ ($("button", card));
    button.setAttribute("aria-pressed", String(Boolean(pin)));
    button.disabled = !open;
    const product = state["products"][card.dataset["product"] ?? ""];
    write($("[data-mark]", card), pin ? t("On stage") : product ? "" : t("Kept back"));
    if (!product) continue;
    const free = freeOf(product);
    const left = $("[data-left]", card);
    write(left, free ? tn("%(n)s left", "%(n)s left", free) : t("Sold out"));
    left?.classList.toggle("piece-card__left--low", free <= LOW);
  }
}

/**
 * @param {HTMLElement} root
 * @param {Json} state
 */
function rebuild(root, state) {
  const wanted = state["lineup"].map((/** @type {Json} */ item) => item["item"]);
  const cards = $$("[data-item]", root);
  // The room does not know what is kept back from viewers; only the page does.
  const kept = cards.filter((card) => "kept" in card.dataset && !wanted.includes(card.dataset["item"]));
  const shown = cards.filter((card) => !kept.includes(card)).map((card) => card.dataset["item"]);
  if (shown.join() === wanted.join()) return;
  root.replaceChildren(...state["lineup"].map((/** @type {Json} */ item) => cardOf(item, state["products"][item["product"]])), ...kept);
}

/**
 * @param {Json} item
 * @param {Json} product
 */
function cardOf(item, product) {
  const image = product["image"];
  const { src, srcset_jpeg: srcset, width, height } = image ?? {};
  const picture = image && h("img", { src, srcset, sizes: "160px", alt: "", width, height, loading: "lazy" });
  return h(
    "form",
    { class: "piece-card", method: "post", data: { item: item["item"], product: product["id"], pin: "" } },
    h(
      "button",
      { class: "piece-card__button" },
      h("span", { class: "piece-card__picture" }, picture, h("span", { class: "piece-card__mark", "data-mark": true })),
      h("span", { class: "piece-card__name" }, h("span", { class: "num" }, item["position"]), " ", h("span", { lang: tongueOf(product["name"]) }, product["name"])),
      h("span", { class: "piece-card__left num", "data-left": true }),
    ),
  );
}

/** Bring what comes after the last piece on stage into the thumb's reach. @param {HTMLElement} root */
function showNext(root) {
  const last = $$(".piece-card--pinned", root).at(-1);
  if (last) root.scrollTo({ left: last.offsetLeft - root.offsetLeft });
}

/**
 * @param {HTMLElement | null} place
 * @param {string} text
 */
function write(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}
