/** The form in which one asks: what asks the same is offered first, and what was typed is never lost. */

import { $, h } from "../lib/dom.js";
import { newKey, send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";
import { likest } from "./questions_alike.js";
import { answerParts } from "./questions_view.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("./questions_lane.js").Card} Card
 */

/** Shorter than this a question is not known yet. */
const TELLING = 6;

export class AskForm {
  /**
   * @param {HTMLFormElement} form
   * @param {{ room: import("./context.js").Room, lane: import("./questions_lane.js").Lane,
   *   list: import("./questions_list.js").QuestionList }} parts
   */
  constructor(form, { room, lane, list }) {
    this.form = form;
    this.room = room;
    this.lane = lane;
    this.list = list;
    this.text = /** @type {HTMLTextAreaElement} */ ($("textarea", form));
    this.name = /** @type {HTMLElement} */ ($("[data-ask-name]", form));
    this.alike = /** @type {HTMLElement} */ ($("[data-alike]", form));
    this.message = /** @type {HTMLElement} */ ($("[data-ask-message]", form));
    this.button = /** @type {HTMLButtonElement} */ ($("[type=submit]", form));
    this.keep = `seenow.question.${room.slug}`;
    this.id = newKey();
    this.text.value = sessionStorage.getItem(this.keep) ?? "";
    this.text.addEventListener("input", () => this.typed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.alike.addEventListener("click", (event) => this.raise(event));
    this.draw();
  }

  /** The piece it is about changed, or the questions did. */
  draw() {
    this.name.hidden = Boolean(this.room.you.name);
    this.offer();
  }

  typed() {
    sessionStorage.setItem(this.keep, this.text.value);
    // Other words are another question; the same ones, sent again, are not.
    this.id = newKey();
    this.say("");
    this.offer();
  }

  offer() {
    const text = this.text.value.trim();
    const about = this.lane.cards().filter((card) => card.product === this.product && card.state !== "held" && !card.mine);
    const found = text.length < TELLING ? [] : likest(text, about);
    this.alike.hidden = found.length === 0;
    const key = found.map((card) => `${card.id}${card.state}${card.raised}`).join();
    if (this.alike.dataset["key"] !== key) this.alike.replaceChildren(...alikeParts(found));
    this.alike.dataset["key"] = key;
    this.button.textContent = found.length ? t("Ask anyway") : t("Ask");
  }

  get product() {
    return this.list.product;
  }

  async send() {
    const text = this.text.value.trim();
    if (!text) return this.text.focus();
    if (!this.product) return this.say(t("Choose the piece you ask about."));
    this.form.setAttribute("aria-busy", "true");
    this.button.disabled = true;
    try {
      await this.chooseName();
      this.asked(await send("POST", `/api/v1/rooms/${this.room.slug}/questions/`, { id: this.id, product: this.product, text }));
    } catch (error) {
      this.refused(/** @type {any} */ (error));
    }
    this.form.removeAttribute("aria-busy");
    this.button.disabled = false;
  }

  async chooseName() {
    const field = /** @type {HTMLInputElement} */ ($("input", this.name));
    if (this.room.you.name || !field.value.trim()) return;
    const { name } = await send("POST", `/api/v1/rooms/${this.room.slug}/name/`, { name: field.value });
    this.room.you = { ...this.room.you, name };
    this.draw();
  }

  /** @param {Json} card */
  asked(card) {
    this.text.value = "";
    sessionStorage.removeItem(this.keep);
    this.id = newKey();
    this.lane.take([card]);
    this.list.arrange();
    this.list.find(card["id"])?.scrollIntoView({ block: "nearest" });
    this.offer();
    this.say(card["state"] === "held" ? t("A moderator reads it first. You see here when it is asked.") : t("Asked. The answer comes under your question."));
  }

  /** What was typed stays in its field, with its id: sent again it is the same question. @param {any} error */
  refused(error) {
    if (error.code === "network") return this.say(t("No connection. Your words are still here."));
    this.say(error.message);
    if (error.code === "name_needed") {
      this.name.hidden = false;
      $("input", this.name)?.focus();
    }
  }

  /** @param {string} text */
  say(text) {
    this.message.textContent = text;
    this.message.hidden = !text;
  }

  /** @param {Event} event */
  raise(event) {
    const id = event.target instanceof Element ? event.target.closest("[data-raise-instead]")?.getAttribute("data-raise-instead") : null;
    const card = this.lane.cards().find((one) => one.id === id);
    if (!card) return;
    this.list.raise(card);
    this.text.value = "";
    this.typed();
    this.say(t("Raised. You see the answer under it."));
  }
}

/** @param {Card[]} cards @returns {HTMLElement[]} */
function alikeParts(cards) {
  const items = cards.map((card) =>
    h(
      "li",
      { class: "alike__one" },
      h("p", { dir: "auto" }, card["text"]),
      card.state === "answered" && h("div", { class: "question__answer" }, answerParts(card)),
      card.state === "open" && !card.raised && h("button", { class: "button button--small button--quiet", type: "button", "data-raise-instead": card.id }, tn("Raise it, %(n)s person wants to know", "Raise it, %(n)s people want to know", card.votes)),
    ),
  );
  return [h("p", { class: "alike__head" }, t("Others asked")), h("ul", { role: "list" }, items)];
}
