/** A show's look, tried on while it is typed: the server says what follows from it, the preview wears that. */

import { $, $$, h } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { t } from "../lib/i18n.js";

const WAIT = 120; // ms without a change: a colour that is dragged asks a few times a second
const HEX = /^#[0-9a-f]{6}$/iu;

/** @typedef {{ field: string, name: string, ratio: string, least: string, passes: boolean, offer: string }} Pair */
/** @typedef {Record<string, string>} Tokens */
/** @typedef {{ paper?: Tokens, stage?: Tokens, pairs: Pair[], field?: string, message?: string }} Tried */

/**
 * Let `element` wear `tokens` and nothing it was lent before.
 * @param {HTMLElement} element
 * @param {Tokens} tokens
 */
export function wear(element, tokens) {
  for (const name of [...element.style]) element.style.removeProperty(name);
  for (const [name, value] of Object.entries(tokens)) element.style.setProperty(name, value);
}

/**
 * The query that describes the form.
 * @param {FormData} data
 * @returns {string}
 */
export function queryOf(data) {
  const query = new URLSearchParams();
  for (const [name, value] of data) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "do") query.set(name, value.trim());
  }
  return query.toString();
}

/**
 * @param {Pair} pair
 * @param {(field: string, colour: string) => void} take
 * @returns {HTMLElement}
 */
function row(pair, take) {
  const ratio = h("span", { class: pair.passes ? "num" : "num alert" }, t("%(ratio)s to 1, needs %(least)s", { ratio: pair.ratio, least: pair.least }));
  const offer = h(
    "button",
    { class: "button button--text", type: "button", onclick: () => take(pair.field, pair.offer) },
    t("Take %(offer)s", { offer: pair.offer }),
  );
  const end = h("span", { class: "look__offer" }, ratio, pair.passes ? null : offer);
  return h("li", { class: "look__pair" }, h("span", null, pair.name), end);
}

/** @param {HTMLElement} editor */
export function tryOn(editor) {
  const form = /** @type {HTMLFormElement} */ ($("[data-look-form]", editor));
  const list = /** @type {HTMLElement} */ ($("[data-look-pairs]", editor));
  const refusal = /** @type {HTMLElement} */ ($("[data-look-refusal]", editor));
  let timer = 0;

  /** @param {string} field @param {string} colour */
  const take = (field, colour) => {
    const input = /** @type {HTMLInputElement} */ (form.elements.namedItem(field));
    input.value = colour;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  };

  const ask = async () => {
    const query = queryOf(new FormData(form));
    /** @type {Tried | null} */
    const tried = await send("GET", `${editor.dataset["url"]}?${query}`).catch(() => null);
    if (!tried || query !== queryOf(new FormData(form))) return;
    refusal.hidden = !tried.message;
    refusal.textContent = tried.message ?? "";
    list.replaceChildren(...tried.pairs.map((pair) => row(pair, take)));
    for (const element of $$("[data-try]", editor)) {
      const tokens = element.dataset["try"] === "stage" ? tried.stage : tried.paper;
      if (tokens) dress(element, tokens);
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT);
  });
  for (const input of $$("[data-colour]", form)) pick(/** @type {HTMLInputElement} */ (input));
}

/**
 * The saved look's stylesheet must not show through what is tried on.
 * @param {HTMLElement} element
 * @param {Tokens} tokens
 */
function dress(element, tokens) {
  for (const worn of [element, ...$$("[data-look]", element)]) delete worn.dataset["look"];
  wear(element, tokens);
  const poster = $(".poster", element);
  if (poster) wear(poster, tokens);
}

/**
 * A colour picker in the line of a field: both say the same.
 * @param {HTMLInputElement} input
 */
function pick(input) {
  const label = t("Pick: %(field)s", { field: input.labels?.[0]?.textContent ?? "" });
  const picker = /** @type {HTMLInputElement} */ (
    h("input", { class: "look__pick", type: "color", "aria-label": label, value: shownOf(input), disabled: input.matches(":disabled") })
  );
  picker.addEventListener("input", (event) => {
    event.stopPropagation();
    input.value = picker.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  input.addEventListener("input", () => {
    picker.value = shownOf(input);
  });
  input.after(picker);
}

/** @param {HTMLInputElement} input */
function shownOf(input) {
  return HEX.test(input.value) ? input.value.toLowerCase() : input.placeholder;
}

const editor = $("[data-look-editor]");
if (editor) tryOn(editor);
