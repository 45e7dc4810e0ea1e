/**
 * A list of questions that never moves under a finger: what stands there is brought up to date in its place, new ones
 * wait behind a button that says how many they are.
 */

import { $, $$, h } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";
import { grouped, isOfLane, news, productOrder, sorted } from "./questions_lane.js";
import { answerForm, fillQuestion, questionElement, write } from "./questions_view.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("./questions_lane.js").Card} Card
 */

export class QuestionList {
  /**
   * @param {HTMLElement} place
   * @param {{ slug: string, store: import("./store.js").Store, lane: import("./questions_lane.js").Lane,
   *   may: import("./questions_view.js").May, empty: () => string }} room
   */
  constructor(place, { slug, store, lane, may, empty }) {
    this.place = place;
    this.slug = slug;
    this.store = store;
    this.lane = lane;
    this.may = may;
    this.emptyText = empty;
    /** The piece it is about, empty for all. */
    this.product = "";
    /** @type {(() => void) | undefined} told after every change */
    this.changed = undefined;
    this.more = h("button", { class: "questions__more", type: "button", hidden: true, onclick: () => this.arrange() });
    this.list = h("div", { class: "questions__groups" });
    place.replaceChildren(this.more, this.list);
    this.list.addEventListener("click", (event) => this.press(event));
    this.list.addEventListener("submit", (event) => this.submit(event));
    store.subscribe((_state, frame) => isOfLane(frame) && this.update());
  }

  /** @returns {Card[]} */
  cards() {
    return this.lane.cards().filter((card) => !this.product || card.product === this.product);
  }

  shown() {
    return $$("[data-question]", this.list);
  }

  /** Put everything into its order; called when somebody asks for it, never by itself. */
  arrange() {
    const cards = this.cards();
    const writing = new Map($$("[data-answering]", this.list).map((form) => [form.closest("li")?.dataset["question"] ?? "", form]));
    const groups = this.product ? [{ product: "", cards: sorted(cards) }] : grouped(cards, productOrder(this.store.state));
    this.list.replaceChildren(...groups.map((group) => this.group(group, writing)));
    if (!cards.length) this.list.append(h("p", { class: "questions__none" }, this.emptyText()));
    this.update();
  }

  /** @param {{ product: string, cards: Card[] }} group @param {Map<string, HTMLElement>} writing */
  group({ product, cards }, writing) {
    const items = cards.map((card) => {
      const element = questionElement(card, this.may);
      const form = writing.get(card.id);
      if (form) element.append(form);
      return element;
    });
    const name = this.store.state["products"][product]?.["name"];
    return h("section", null, name && h("h3", { class: "questions__piece" }, name), h("ol", { class: "questions__list", role: "list" }, items));
  }

  /** Bring what stands there up to date in its place. */
  update() {
    const cards = this.cards();
    const known = new Map(cards.map((card) => [card.id, card]));
    const { fresh, gone } = news(this.shown().map((one) => one.dataset["question"] ?? ""), cards);
    for (const id of gone) this.find(id)?.remove();
    for (const element of this.shown()) {
      const card = known.get(element.dataset["question"] ?? "");
      if (card) fillQuestion(element, card, this.may);
    }
    // There is nothing a finger could be about to touch.
    if (fresh.length && !this.shown().length) return this.arrange();
    this.more.hidden = fresh.length === 0;
    write(this.more, tn("%(n)s new question", "%(n)s new questions", fresh.length));
    this.changed?.();
  }

  /** @param {string} id */
  find(id) {
    return $(`[data-question="${CSS.escape(id)}"]`, this.list);
  }

  /** @param {Event} event */
  press(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const element = /** @type {HTMLElement | null} */ (button?.closest("[data-question]") ?? null);
    const card = this.cards().find((one) => one.id === element?.dataset["question"]);
    if (!button || !element || !card) return;
    if (button.hasAttribute("data-raise")) return void (card.raised || this.raise(card));
    if (button.dataset["helpful"]) return void this.judge(card, button.dataset["helpful"] === "yes");
    this.act(button.dataset["act"] ?? "", element, card, button);
  }

  /** @param {Card} card */
  async raise(card) {
    this.lane.hand(card, true);
    this.update();
    try {
      const { votes } = await send("POST", `${this.url(card)}raise/`);
      this.lane.counts.set(card.id, votes);
    } catch (error) {
      if (/** @type {any} */ (error).code !== "already_answered") {
        this.lane.hand(card, false);
        toast(/** @type {Error} */ (error).message, { tone: "error" });
      }
    }
    this.update();
  }

  /** @param {Card} card @param {boolean} helpful */
  async judge(card, helpful) {
    const before = card["helped"];
    this.lane.judge(card, helpful);
    this.update();
    try {
      await send("POST", `${this.url(card)}verdict/`, { helpful });
    } catch (error) {
      this.lane.judge(card, before);
      this.update();
      toast(/** @type {Error} */ (error).message, { tone: "error" });
    }
  }

  /** @param {string} name @param {HTMLElement} element @param {Card} card @param {HTMLElement} button */
  act(name, element, card, button) {
    if (name === "answer") return this.write(element, card);
    if (name === "cancel") return this.close(element);
    const asks = /** @type {Json} */ ({ "on-air": ["POST", "on-air/"], approve: ["PUT", ""], remove: ["DELETE", "", {}] });
    const [method, path, body] = asks[name] ?? [];
    if (!method || (name === "remove" && !sure(button))) return;
    this.ask(method, this.url(card) + path, body, button);
  }

  /** @param {string} method @param {string} url @param {Json | undefined} body @param {HTMLElement} button */
  async ask(method, url, body, button) {
    button.setAttribute("aria-busy", "true");
    try {
      const card = await send(method, url, body);
      if (card) this.lane.replace(card);
      this.update();
    } catch (error) {
      toast(/** @type {Error} */ (error).message, { tone: "error" });
    }
    button.removeAttribute("aria-busy");
  }

  /** @param {HTMLElement} element @param {Card} card */
  write(element, card) {
    if (!$("[data-answering]", element)) element.append(answerForm(card["answer"]?.["text"] ?? "", card.id));
    $("textarea", element)?.focus();
  }

  /** @param {HTMLElement} element */
  close(element) {
    $("[data-answering]", element)?.remove();
    $('[data-act="answer"]', element)?.focus();
  }

  /** @param {Event} event */
  async submit(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const element = /** @type {HTMLElement} */ (form.closest("[data-question]"));
    event.preventDefault();
    const problem = /** @type {HTMLElement} */ ($("[data-error]", form));
    const text = /** @type {HTMLTextAreaElement} */ ($("textarea", form)).value;
    form.setAttribute("aria-busy", "true");
    try {
      const card = await send("POST", `${this.url({ id: element.dataset["question"] ?? "" })}answer/`, { text });
      this.lane.replace(card);
      this.close(element);
      this.update();
    } catch (error) {
      // What was written stays in its field.
      problem.textContent = /** @type {any} */ (error).code === "network" ? t("No connection. Your words are still here.") : /** @type {Error} */ (error).message;
      problem.hidden = false;
    }
    form.removeAttribute("aria-busy");
  }

  /** @param {{ id: string }} card */
  url({ id }) {
    return `/api/v1/rooms/${this.slug}/questions/${id}/`;
  }
}

const SURE_MS = 4000;

/** Whether the button was pressed a second time within four seconds. @param {HTMLElement} button */
function sure(button) {
  if (button.dataset["sure"]) return true;
  const before = button.textContent;
  button.dataset["sure"] = "yes";
  button.textContent = t("Remove for everybody");
  setTimeout(() => {
    delete button.dataset["sure"];
    button.textContent = before;
  }, SURE_MS);
  return false;
}
