/**
 * The question lane of the room: a tab beside the chat on a desk, a sheet under the thumb on a phone, and at every
 * piece the way in with the number of questions that wait.
 */

import { $, $$, h, readJson } from "../lib/dom.js";
import { openDialog } from "../lib/dialog.js";
import { send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";
import { wireTalkCharts } from "../host/talk_chart.js";
import { AskForm } from "./questions_ask.js";
import { isOfLane, Lane, openOnes, productOrder } from "./questions_lane.js";
import { QuestionList } from "./questions_list.js";
import { answerParts } from "./questions_view.js";

const DESK = "(width >= 64rem)";
/** Under a piece in the shop's own sheet: as many answers as help and do not push the button away. */
const ANSWERS_IN_SHEET = 2;

/** @typedef {Record<string, any>} Json */

/** @param {import("./context.js").Room} room */
export function wireQuestions(room) {
  const panel = $("[data-questions]", room.root);
  const sheet = /** @type {HTMLDialogElement | null} */ ($("[data-questions-sheet]", room.root));
  if (!panel || !sheet) return;
  const { may, questions } = readJson("question-lane");
  const lane = new Lane({ store: room.store, you: () => room.you });
  const list = new QuestionList(/** @type {HTMLElement} */ ($("[data-question-list]", panel)), {
    slug: room.slug,
    store: room.store,
    lane,
    may,
    empty: () => t("Nobody has asked yet. What would you like to know?"),
  });
  lane.take(questions);
  const about = /** @type {HTMLSelectElement} */ ($("[data-about]", panel));
  const form = new AskForm(/** @type {HTMLFormElement} */ ($("[data-ask-form]", panel)), { room, lane, list });

  const turnTo = (/** @type {string} */ product) => {
    list.product = about.value = product;
    list.arrange();
    form.draw();
  };
  const read = async () => {
    const { results } = await send("GET", `/api/v1/rooms/${room.slug}/questions/?page_size=100`).catch(() => ({ results: [] }));
    lane.take(results);
    list.arrange();
  };
  // Until this viewer chooses, it is about what lies on the stage.
  let chosen = false;
  about.addEventListener("change", () => {
    chosen = true;
    turnTo(about.value);
  });
  list.changed = () => form.offer();
  followPieces(room, about);
  const place = new Place(room.root, panel, sheet, () => {
    turnTo(chosen ? about.value : (productOrder(room.store.state)[0] ?? ""));
    read();
  });
  wireWaysIn(room, lane, (product) => {
    chosen = true;
    about.value = product;
    place.open();
  });
  wireTalkCharts(panel);
  room.on("hello", () => place.isOpen() && read());
}

/** Where the panel is: in its tab on a desk, in the sheet on a phone. */
class Place {
  /** @param {HTMLElement} root @param {HTMLElement} panel @param {HTMLDialogElement} sheet @param {() => void} opened */
  constructor(root, panel, sheet, opened) {
    this.root = root;
    this.panel = panel;
    this.sheet = sheet;
    this.home = /** @type {HTMLElement} */ (panel.parentElement);
    this.next = panel.nextSibling;
    this.desk = matchMedia(DESK);
    root.addEventListener("seenow:tab", (event) => {
      if (/** @type {CustomEvent} */ (event).detail.name !== "questions") return;
      if (!this.desk.matches) this.lift();
      opened();
    });
    sheet.addEventListener("close", () => this.lower());
    this.desk.addEventListener("change", () => this.turn());
  }

  isOpen() {
    return this.sheet.open || this.root.dataset["talk"] === "questions";
  }

  open() {
    $('[data-tab="questions"]', this.root)?.click();
  }

  lift() {
    $("[data-questions-slot]", this.sheet)?.append(this.panel);
    openDialog(this.sheet);
  }

  /** Back beside the chat. Who has put the sheet away goes on with the chat; whose screen grew, with the questions. */
  lower() {
    if (this.panel.parentElement !== this.home) this.home.insertBefore(this.panel, this.next);
    if (!this.desk.matches) $('[data-tab="chat"]', this.root)?.click();
  }

  /** The screen has become a desk's, or a phone's: what was open stays open in its other place. */
  turn() {
    if (this.sheet.open) this.sheet.close();
    else if (!this.desk.matches && this.root.dataset["talk"] === "questions") this.lift();
  }
}

/** The select names the pieces of the line-up as it is now. @param {import("./context.js").Room} room @param {HTMLSelectElement} about */
function followPieces(room, about) {
  let drawn = "";
  const draw = () => {
    const { products, lineup } = room.store.state;
    const names = lineup.map((/** @type {Json} */ item) => [item["product"], products[item["product"]]?.["name"] ?? ""]);
    const key = JSON.stringify(names);
    if (key === drawn) return;
    drawn = key;
    const chosen = about.value;
    about.replaceChildren(h("option", { value: "" }, t("All pieces")), ...names.map((/** @type {string[]} */ [id, name]) => h("option", { value: id }, name)));
    about.value = chosen;
  };
  room.store.subscribe(draw);
  draw();
}

/**
 * Every `[data-ask]` on the page, the shop's sheet among them, and the counts on the tabs.
 * @param {import("./context.js").Room} room @param {Lane} lane @param {(product: string) => void} open
 */
function wireWaysIn(room, lane, open) {
  let unread = 0;
  const draw = () => {
    const cards = lane.cards();
    for (const button of $$("[data-ask]")) drawWayIn(button, openOnes(cards, button.dataset["ask"]).length);
    drawCount($("[data-open-questions]", room.root), openOnes(cards).length);
    drawCount($("[data-chat-unread]", room.root), unread);
  };
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-ask]") : null;
    if (!(button instanceof HTMLElement)) return;
    button.closest("dialog")?.close();
    open(button.dataset["ask"] ?? "");
  });
  document.addEventListener("seenow:buy", (event) => {
    showUnderPiece(lane, /** @type {CustomEvent} */ (event).detail.product);
    draw();
  });
  document.addEventListener("seenow:piece", draw);
  room.root.addEventListener("seenow:tab", () => {
    unread = 0;
    draw();
  });
  room.store.subscribe((_state, frame) => {
    if (frame.type === "chat.posted" && room.root.dataset["talk"] === "questions") unread += 1;
    else if (!isOfLane(frame)) return;
    draw();
  });
  // Pins and pieces are drawn by others, after the store told them.
  const watch = new MutationObserver(draw);
  for (const place of $$("[data-pins], [data-lineup]", room.root)) watch.observe(place, { childList: true, subtree: true });
  draw();
}

/** @param {HTMLElement} button @param {number} waiting */
function drawWayIn(button, waiting) {
  const text = waiting ? tn("%(n)s question", "%(n)s questions", waiting) : t("Ask");
  const whole = waiting ? t("Ask about this piece, %(text)s", { text }) : t("Ask about this piece");
  button.hidden = false;
  if (button.textContent !== text) button.textContent = text;
  if (button.getAttribute("aria-label") !== whole) button.setAttribute("aria-label", whole);
}

/** @param {HTMLElement | null} place @param {number} count */
function drawCount(place, count) {
  const text = count ? String(count) : "";
  if (place && place.textContent !== text) place.textContent = text;
}

/** The last answers about the piece in the shop's sheet, and the way to ask. @param {Lane} lane @param {string} product */
function showUnderPiece(lane, product) {
  const slot = $("[data-questions-of]");
  if (!slot) return;
  const answered = lane.cards().filter((card) => card.product === product && card.state === "answered").slice(-ANSWERS_IN_SHEET);
  const told = answered.map((card) => h("li", { class: "question" }, h("div", { class: "question__body" }, h("p", { class: "question__text", dir: "auto" }, card["text"]), h("div", { class: "question__answer" }, answerParts(card)))));
  slot.replaceChildren(
    ...(told.length ? [h("h3", { class: "eyebrow" }, t("Asked and answered")), h("ul", { class: "questions__list", role: "list" }, told)] : []),
    h("button", { class: "button button--text", type: "button", "data-ask": product }, t("Ask")),
  );
  slot.hidden = false;
}
