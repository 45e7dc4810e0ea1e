/** Words a maison does not want in its rooms, by language. */

import { $, h } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { language, t, tn } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { toast } from "../lib/toast.js";
import { isLead } from "../room/moderate.js";
import { listOf } from "./queue.js";
import { enable } from "./rules.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("./desk.js").Desk} Desk
 */

/** A language in the page's own words. @param {string} tag */
export function languageName(tag) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Terms by language, languages in the order of their tags. @param {Json[]} terms @returns {[string, Json[]][]} */
export function byLanguage(terms) {
  /** @type {Map<string, Json[]>} */
  const groups = new Map();
  for (const term of terms) groups.set(term["language"], [...(groups.get(term["language"]) ?? []), term]);
  return [...groups].sort(([a], [b]) => a.localeCompare(b));
}

/** @param {Desk} desk */
export function wireBlocklist(desk) {
  const form = /** @type {HTMLFormElement} */ ($("[data-block-form]", desk.root));
  const list = /** @type {HTMLElement} */ ($("[data-blocklist]", desk.root));
  const base = `/api/v1/rooms/${desk.slug}/blocklist/`;
  const refused = (/** @type {any} */ error) => toast(error.message, { tone: "error" });
  const read = async () => {
    const answer = await desk.get("blocklist/").catch(() => null);
    if (answer) list.replaceChildren(...byLanguage(listOf(answer)).map(([tag, terms]) => group(tag, terms, remove)));
  };
  const remove = (/** @type {Json} */ term) => send("DELETE", `${base}${term["id"]}/`).then(desk.read, refused);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const term = /** @type {HTMLInputElement} */ (form.elements.namedItem("term"));
    if (!term.value.trim()) return;
    send("POST", base, { language: given.get("language"), term: term.value.trim(), effect: given.get("effect") }).then(() => {
      term.value = "";
      term.focus();
      desk.read();
    }, refused);
  });
  $("[data-starter]", form)?.addEventListener("click", () => {
    const tag = String(new FormData(form).get("language"));
    send("POST", `${base}starter/`, { language: tag }).then((answer) => {
      const added = answer?.["added"] ?? listOf(answer ?? []).length;
      toast(tn("%(n)s term added.", "%(n)s terms added.", added));
      desk.read();
    }, refused);
  });
  desk.onRead(read);
  if (isLead(desk.you)) enable(form);
}

/** @param {string} tag @param {Json[]} terms @param {(term: Json) => unknown} remove */
function group(tag, terms, remove) {
  return h(
    "details",
    { class: "terms" },
    h("summary", null, `${languageName(tag)} `, h("span", { class: "num quiet" }, terms.length)),
    h("ul", { class: "terms__list", role: "list" }, terms.map((term) =>
      h("li", { class: "term" },
        h("span", { lang: tag, dir: "auto" }, term["term"]),
        term["effect"] === "hold" && h("span", { class: "quiet tiny" }, t("held")),
        h("button", { class: "term__away", type: "button", onclick: () => remove(term), "aria-label": t("Remove %(term)s from the blocklist", { term: term["term"] }) }, icon("close")),
      ),
    )),
  );
}
