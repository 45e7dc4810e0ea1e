/** `@` offers the people of the room; arrows choose, Enter or Tab takes, Escape leaves it. */

import { $, h } from "../lib/dom.js";

const MOST = 6;
const BEGUN = /(?:^|[^\w.@])@([^@]{0,30})$/u;

/**
 * What was begun before the caret, or null.
 * @param {string} text
 * @param {number} caret
 */
export function begun(text, caret) {
  const found = BEGUN.exec(text.slice(0, caret));
  return found && !/^\s|\s\s/.test(found[1] ?? "") ? (found[1] ?? "") : null;
}

/**
 * The people whose name goes on like this, those who spoke last first.
 * @param {string[]} people
 * @param {string} start
 */
export function offered(people, start) {
  const plain = (/** @type {string} */ name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = plain(start);
  const found = people.filter((name) => plain(name).startsWith(wanted));
  // The whole name is there already: nothing is left to offer.
  return found.some((name) => name.toLowerCase() === start.toLowerCase()) ? [] : found.slice(0, MOST);
}

/**
 * @param {HTMLInputElement} input
 * @param {{ root: HTMLElement, people: () => string[] }} options
 */
export function wireMentions(input, { root, people }) {
  const list = $("[data-mentions]", root);
  if (!list) return;
  let chosen = 0;
  /** @type {string[]} */
  let names = [];
  const draw = () => {
    list.hidden = names.length === 0;
    input.setAttribute("aria-expanded", String(names.length > 0));
    list.replaceChildren(
      ...names.map((name, place) =>
        h("li", { id: `mention-${place}`, role: "option", class: "mention", "aria-selected": String(place === chosen), data: { name } }, h("bdi", null, name)),
      ),
    );
    if (names.length) input.setAttribute("aria-activedescendant", `mention-${chosen}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const offer = (/** @type {string[]} */ found) => {
    names = found;
    chosen = 0;
    draw();
  };
  const look = () => {
    const start = begun(input.value, input.selectionStart ?? input.value.length);
    offer(start === null ? [] : offered(people(), start));
  };
  const take = (/** @type {string | undefined} */ name) => {
    const caret = input.selectionStart ?? input.value.length;
    const start = begun(input.value, caret);
    if (!name || start === null) return;
    input.setRangeText(`@${name} `, caret - start.length - 1, caret, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  input.addEventListener("input", look);
  input.addEventListener("blur", () => offer([]));
  input.addEventListener("keydown", (event) => {
    if (!names.length || event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      chosen = (chosen + by + names.length) % names.length;
      draw();
    } else if (event.key === "Enter" || event.key === "Tab") take(names[chosen]);
    else if (event.key === "Escape") offer([]);
    else return;
    event.preventDefault();
  });
  // Before the field loses its focus to the list.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target instanceof Element ? event.target.closest("[data-name]") : null;
    take(option?.getAttribute("data-name") ?? undefined);
  });
}
