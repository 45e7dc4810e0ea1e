/** Asks what speaks against a plan while it is typed, and lists it beside the fields. Without script the page lists it after saving. */

import { $, h } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { t } from "../lib/i18n.js";

const WAIT = 350; // ms without a key: long enough not to ask for every letter
const FIELDS = new Set(["brand", "holiday", "edition", "day", "at", "minutes", "time_zone", "suggested"]);

/** @typedef {{ code: string, severity: "stop" | "warn", text: string }} Conflict */

/**
 * The query that describes the form: only what can speak against it.
 * @param {FormData} data
 * @param {string} [event]
 * @returns {string}
 */
export function queryOf(data, event) {
  const query = new URLSearchParams();
  for (const [name, value] of data) {
    const host = name.startsWith("hosts-") && name.endsWith("-host");
    if (typeof value === "string" && value && (FIELDS.has(name) || host)) query.append(name, value);
  }
  if (event) query.append("event", event);
  return query.toString();
}

/**
 * @param {HTMLElement} list
 * @param {Conflict[]} found
 */
export function show(list, found) {
  const rows = found.map((one) =>
    h(
      "li",
      { class: `against__one against__one--${one.severity}`, data: { code: one.code } },
      one.severity === "stop" ? h("strong", null, `${t("Not possible")}: `) : null,
      one.text,
    ),
  );
  list.replaceChildren(...(rows.length ? rows : [h("li", { class: "against__none quiet" }, t("Nothing so far."))]));
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} section
 */
export function watch(form, section) {
  const list = /** @type {HTMLElement} */ ($("[data-conflicts-list]", section));
  let timer = 0;
  let asked = queryOf(new FormData(form), section.dataset["event"]);
  /** @type {AbortController | null} */
  let under = null;
  const ask = async () => {
    const query = queryOf(new FormData(form), section.dataset["event"]);
    if (query === asked) return;
    asked = query;
    under?.abort();
    under = new AbortController();
    try {
      const answer = await send("GET", `${section.dataset["conflicts"]}?${query}`, undefined, { signal: under.signal });
      show(list, answer?.conflicts ?? []);
    } catch {
      // The page says it all once the form is sent.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), WAIT);
  });
}

if (typeof document !== "undefined") {
  const form = /** @type {HTMLFormElement | null} */ ($("[data-conflicts-form]"));
  const section = $("[data-conflicts]");
  if (form && section) watch(form, section);
}
