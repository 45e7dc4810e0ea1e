/**
 * The sheet of a piece: pictures, price, what is left, variants, its story and its model, while the show goes on.
 * It is not modal: the picture stays in sight and in reach. On a phone it rests at three heights and can be thrown
 * away; at the highest the picture waits in a corner. On a desk it lies over the talk.
 */

import { $, $$, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { wireModels } from "../lib/model.js";
import { formatMoney } from "../lib/money.js";
import { nextUp, wireSnap } from "../lib/snap.js";
import { setWords } from "../lib/tongue.js";
import { loadFragment } from "../studio/fragments.js";
import { left, pictureOf, priceText, setText, showStock, wantToBuy } from "./pins.js";
import { windowText } from "./window.js";

const HEIGHTS = ["peek", "half", "full"];
const PEEK_PX = 184;

/** @typedef {Record<string, any>} Json */

/** @type {Sheet | null} */
let sheet = null;

/**
 * @param {import("./context.js").Room} room
 * @param {string} product
 * @param {string | null} pin the pin it was opened from
 */
export function openPiece(room, product, pin) {
  const dialog = /** @type {HTMLDialogElement | null} */ ($("#piece-sheet", room.root));
  if (!dialog) return;
  sheet ??= new Sheet(room, dialog);
  sheet.open(product, pin);
}

/** Words of the handle: what pressing it does next. @param {string} height */
export function handleText(height) {
  return { peek: t("Half of the screen"), half: t("The whole screen"), full: t("Only its price") }[height] ?? "";
}

class Sheet {
  /** @param {import("./context.js").Room} room @param {HTMLDialogElement} dialog */
  constructor(room, dialog) {
    this.room = room;
    this.dialog = dialog;
    this.grab = /** @type {HTMLElement} */ ($("[data-grab]", dialog));
    this.slot = /** @type {HTMLElement} */ ($("[data-piece-slot]", dialog));
    this.product = "";
    /** @type {string | null} */
    this.pin = null;
    this.grab.addEventListener("click", () => this.rest(nextUp(HEIGHTS, dialog.dataset["height"] ?? "")));
    $("[data-buy]", dialog)?.addEventListener("click", () => this.buy());
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) dialog.close();
    });
    dialog.addEventListener("close", () => this.closed());
    wireSnap(/** @type {HTMLElement} */ ($("[data-pull]", dialog)), {
      whole: () => room.root.clientHeight,
      points: () => ({ shut: 0, peek: PEEK_PX / room.root.clientHeight, half: 0.6, full: 0.97 }),
      at: () => dialog.getBoundingClientRect().height / room.root.clientHeight,
      pull: (part) => {
        dialog.dataset["pulled"] = "";
        dialog.style.setProperty("--sheet", `${part * 100}%`);
      },
      rest: (height) => (height === "shut" ? dialog.close() : this.rest(height)),
    });
    // The picture in the corner leads back to the picture.
    $("[data-player]", room.root)?.addEventListener("click", (event) => {
      if (dialog.open && event.target instanceof Element && !event.target.closest("button")) this.stage();
    });
    room.store.subscribe((_state, frame) => frame.type !== "chat.posted" && this.draw());
  }

  /** A tap on the stage: from the highest down to half, from there away. */
  stage() {
    if (this.dialog.dataset["height"] === "full") this.rest("half");
    else this.dialog.close();
  }

  /** @param {string} product @param {string | null} pin */
  open(product, pin) {
    const fresh = product !== this.product;
    Object.assign(this, { product, pin });
    if (fresh) this.tell();
    this.rest("half");
    this.draw();
    if (!this.dialog.open) this.dialog.show();
    $("#piece-title", this.dialog)?.focus({ preventScroll: true });
  }

  /** @param {string} height */
  rest(height) {
    delete this.dialog.dataset["pulled"];
    this.dialog.style.removeProperty("--sheet");
    this.dialog.dataset["height"] = this.room.root.dataset["sheet"] = height;
    this.grab.setAttribute("aria-label", handleText(height));
  }

  closed() {
    delete this.room.root.dataset["sheet"];
    delete this.dialog.dataset["pulled"];
    this.dialog.style.removeProperty("--sheet");
  }

  card() {
    return /** @type {Json | undefined} */ (this.room.store.state["products"][this.product]);
  }

  /** What does not change: pictures, story, facts, model. */
  tell() {
    const card = this.card();
    if (!card) return;
    setWords($("#piece-title", this.dialog), card["name"]);
    setWords($("[data-subtitle]", this.dialog), card["subtitle"]);
    $("[data-thumb]", this.dialog)?.replaceChildren(...[pictureOf(card)].filter((one) => one !== null));
    const whole = /** @type {HTMLAnchorElement} */ ($("[data-whole]", this.dialog));
    whole.href = card["url"];
    this.chips(card);
    for (const button of $$("[data-ask]", this.dialog)) button.dataset["ask"] = card["id"];
    /** @type {HTMLElement} */ ($("[data-scroll]", this.dialog)).scrollTop = 0;
    void this.load(card);
  }

  /** @param {Json} card */
  async load(card) {
    // A part of its own for every piece: what comes late of another lands nowhere.
    const part = h("div", { data: { fragment: `${card["url"]}closer/` } }, h("div", { class: "skeleton piece-sheet__wait" }));
    this.slot.replaceChildren(part);
    if (await loadFragment(part)) return wireModels(part);
    const again = h("button", { class: "button button--quiet button--small", type: "button", onclick: () => void this.load(card) }, t("Try again"));
    part.replaceChildren(h("p", { class: "quiet" }, t("Pictures and story did not arrive. Price and stock are true.")), again);
  }

  /** @param {Json} card */
  chips(card) {
    const place = /** @type {HTMLElement} */ ($("[data-variants]", this.dialog));
    place.hidden = card["variants"].length < 2;
    const first = card["variants"].find((/** @type {Json} */ variant) => variant["free"] > 0);
    $(".chips", place)?.replaceChildren(
      ...card["variants"].map((/** @type {Json} */ variant) =>
        h(
          "label",
          { class: "chip" },
          h("input", { type: "radio", name: "piece_variant", value: variant["id"], checked: variant === first, onchange: () => this.draw() }),
          h("span", null, variant["label"]),
        ),
      ),
    );
  }

  /** @returns {Json | undefined} */
  chosen() {
    const id = /** @type {HTMLInputElement | null} */ ($("[data-variants] input:checked", this.dialog))?.value;
    return this.card()?.["variants"].find((/** @type {Json} */ variant) => variant["id"] === id);
  }

  /** What changes while the show goes on: price, what is left, whether it can be bought. */
  draw() {
    const card = this.card();
    if (!card) return void (this.dialog.open && this.dialog.close());
    for (const input of /** @type {HTMLInputElement[]} */ ($$("[data-variants] input", this.dialog))) {
      const variant = card["variants"].find((/** @type {Json} */ one) => one["id"] === input.value);
      input.disabled = !variant || variant["free"] < 1;
    }
    const variant = card["variants"].length > 1 ? this.chosen() : undefined;
    const closed = windowText(card);
    const pieces = variant ? variant["free"] : left(card);
    setText($("[data-price]", this.dialog), variant ? formatMoney(variant["amount"], variant["currency"]) : priceText(card));
    showStock($("[data-stock]", this.dialog), pieces, closed);
    const buy = /** @type {HTMLButtonElement} */ ($("[data-buy]", this.dialog));
    buy.disabled = pieces <= 0 || Boolean(closed);
    setText(buy, pieces <= 0 && !closed ? t("Gone") : t("Buy"));
    this.dialog.classList.toggle("piece-sheet--gone", pieces <= 0);
  }

  buy() {
    wantToBuy(this.room.slug, this.product, this.pin, { variant: this.chosen()?.["id"] ?? "" });
  }
}
