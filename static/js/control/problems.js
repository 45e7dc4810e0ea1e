/** The list of what is wrong. What stays stays in its place, so that nobody loses the link under the finger. */

import { $, $$, h } from "../lib/dom.js";

/** @typedef {{ code: string, title: string, todo: string, href: string, urgent: boolean }} Problem */

/**
 * What has to be done to a list of codes to become that of `problems`.
 * @param {string[]} shown @param {Problem[]} problems
 */
export function changes(shown, problems) {
  const wanted = new Set(problems.map((one) => one.code));
  return { gone: shown.filter((code) => !wanted.has(code)), fresh: problems.filter((one) => !shown.includes(one.code)) };
}

/** @param {HTMLElement} root @param {Problem[]} problems */
export function drawProblems(root, problems) {
  const list = /** @type {HTMLElement} */ ($("[data-problems]", root));
  const find = (/** @type {string} */ code) => $$("[data-code]", list).find((one) => one.dataset["code"] === code);
  const { gone, fresh } = changes($$("[data-code]", list).map((one) => one.dataset["code"] ?? ""), problems);
  for (const code of gone) find(code)?.remove();
  for (const problem of problems) {
    const item = find(problem.code);
    if (item) fill(item, problem);
  }
  for (const problem of fresh) {
    const item = itemOf(problem);
    if (problem.urgent) list.prepend(item);
    else list.append(item);
  }
  /** @type {HTMLElement} */ ($("[data-fine]", root)).hidden = problems.length > 0;
}

/** @param {Problem} problem */
function itemOf(problem) {
  const item = h("li", { class: "problem", data: { code: problem.code } }, h("a", { class: "problem__title", href: problem.href }), h("p", { class: "problem__todo" }));
  fill(item, problem);
  return item;
}

/** @param {HTMLElement} item @param {Problem} problem */
function fill(item, problem) {
  item.toggleAttribute("data-urgent", problem.urgent);
  for (const [selector, text] of /** @type {const} */ ([[".problem__title", problem.title], [".problem__todo", problem.todo]])) {
    const place = $(selector, item);
    if (place && place.textContent !== text) place.textContent = text;
  }
}
