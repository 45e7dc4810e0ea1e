/** One question on the screen: its words, who wants to know, the answer, and what may be done. */

import { $, h } from "../lib/dom.js";
import { formatTime } from "../lib/clock.js";
import { t, tn } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { badgeText } from "./chat_words.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("./questions_lane.js").Card} Card
 * @typedef {{ answer: boolean, moderate: boolean }} May
 */

const CLOCK = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/**
 * An empty question to be filled by `fillQuestion`.
 * @param {Card} card
 * @param {May} may
 */
export function questionElement(card, may) {
  return h(
    "li",
    { class: "question", data: { question: card.id } },
    h(
      "div",
      { class: "question__body" },
      h("p", { class: "question__text", dir: "auto" }, card["text"]),
      h("p", { class: "question__by" }, h("bdi", { "data-name": true }, card["name"]), card["rehearsal"] && h("span", { class: "line__badge" }, t("rehearsal")), h("span", { "data-note": true })),
      h("div", { class: "question__answer", "data-answer": true, hidden: true }),
      !may.answer && verdict(card),
    ),
    h("button", { class: "question__raise", type: "button", "data-raise": true }, icon("up"), h("span", { class: "num", "data-votes": true })),
    (may.answer || may.moderate) && h("div", { class: "question__acts", "data-acts": true }),
  );
}

/** "Did this help?", with the way to say that something was not right. @param {Card} card */
function verdict(card) {
  const say = (/** @type {string} */ value, /** @type {string} */ label) => h("button", { class: "verdict__say", type: "button", data: { helpful: value } }, label);
  return h(
    "div",
    { class: "verdict verdict__form", "data-verdict": true, hidden: true },
    h("span", { class: "verdict__ask" }, t("Did this help?")),
    say("yes", t("Yes")),
    say("no", t("No")),
    h("a", { class: "verdict__wrong", href: `${location.pathname}claims/?question=${card.id}` }, t("This was not right")),
  );
}

/** @param {HTMLElement | null} place @param {Card} card */
function fillVerdict(place, card) {
  if (!place) return;
  place.hidden = card.state !== "answered";
  for (const [value, said] of /** @type {const} */ ([["yes", true], ["no", false]])) $(`[data-helpful="${value}"]`, place)?.setAttribute("aria-pressed", String(card["helped"] === said));
}

/**
 * Bring a question up to date where it stands.
 * @param {HTMLElement} element
 * @param {Card} card
 * @param {May} may
 */
export function fillQuestion(element, card, may) {
  element.dataset["state"] = card.state;
  const raise = /** @type {HTMLButtonElement} */ ($("[data-raise]", element));
  write($("[data-votes]", raise), String(card.votes));
  raise.setAttribute("aria-pressed", String(card.raised));
  raise.setAttribute("aria-label", raiseText(card));
  // Not `disabled`: the keyboard would lose its place.
  raise.setAttribute("aria-disabled", String(card.raised));
  raise.hidden = card.state !== "open";
  write($("[data-note]", element), noteText(card));
  fillAnswer(/** @type {HTMLElement} */ ($("[data-answer]", element)), card);
  fillVerdict($("[data-verdict]", element), card);
  const acts = $("[data-acts]", element);
  const key = [card.state, Boolean(card["answer"]), Boolean(card["on_air"])].join();
  if (acts && acts.dataset["for"] !== key) acts.replaceChildren(...actsOf(card, may));
  if (acts) acts.dataset["for"] = key;
}

/** @param {Card} card */
function raiseText(card) {
  const wanted = tn("%(n)s person wants to know", "%(n)s people want to know", card.votes);
  return card.raised ? wanted : t("I want to know, too. %(wanted)s", { wanted });
}

/** @param {Card} card */
function noteText(card) {
  if (card.state === "held") return card.mine ? t("waits for a moderator") : t("waits for you");
  return card.mine ? t("your question") : "";
}

/** @param {HTMLElement} place @param {Card} card */
function fillAnswer(place, card) {
  const key = JSON.stringify([card["answer"], card["on_air"]]);
  if (place.dataset["key"] === key) return;
  place.dataset["key"] = key;
  place.hidden = card.state !== "answered";
  place.replaceChildren(...answerParts(card));
}

/**
 * The answer in words and the moment on the air, as far as there are any.
 * @param {Json} card
 * @returns {HTMLElement[]}
 */
export function answerParts(card) {
  const { answer, on_air: onAir } = card;
  const parts = [];
  if (answer) parts.push(h("p", { class: "question__words", dir: "auto" }, answer["text"]));
  const by = answer && h("span", null, h("bdi", null, answer["name"]), h("span", { class: "line__badge" }, answerBadge(answer["badge"])));
  const at = onAir && h("time", { datetime: new Date(onAir).toISOString(), data: { moment: String(onAir) } }, t("answered on air at %(time)s", { time: formatTime(onAir, CLOCK) }));
  if (by || at) parts.push(h("p", { class: "question__by" }, by, at));
  return parts;
}

/** @param {string} badge */
export function answerBadge(badge) {
  return badge === "care" ? t("Care") : badgeText(badge);
}

/**
 * What people at work may do with it.
 * @param {Card} card
 * @param {May} may
 */
function actsOf(card, may) {
  const act = (/** @type {string} */ name, /** @type {string} */ label, css = "button--quiet") =>
    h("button", { class: `button button--small ${css}`, type: "button", data: { act: name } }, label);
  const acts = [];
  if (card.state === "held" && may.moderate) acts.push(act("approve", t("Let it through"), ""));
  if (card.state !== "held" && may.answer) {
    if (!card["on_air"]) acts.push(act("on-air", t("On air now"), ""));
    acts.push(act("answer", card["answer"] ? t("Change the answer") : t("Answer")));
  }
  if (may.moderate) acts.push(act("remove", t("Remove"), "button--text"));
  return acts;
}

/** The form in which an answer is written. @param {string} text @param {string} id */
export function answerForm(text, id) {
  const area = h("textarea", { class: "input", id: `answer-${id}`, maxlength: 500, rows: 3, required: true, dir: "auto", name: "answer" });
  /** @type {HTMLTextAreaElement} */ (area).value = text;
  return h(
    "form",
    { class: "question__form", "data-answering": true },
    h("label", { class: "visually-hidden", for: `answer-${id}` }, t("Your answer")),
    area,
    h("p", { class: "question__error", role: "alert", "data-error": true, hidden: true }),
    h("div", { class: "question__acts" }, h("button", { class: "button button--small", type: "submit" }, t("Answer")), h("button", { class: "button button--small button--text", type: "button", data: { act: "cancel" } }, t("Cancel"))),
  );
}

/** @param {HTMLElement | null} place @param {string} text */
export function write(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}
