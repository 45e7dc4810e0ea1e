/** The console's chat: lines, taking them away, and a word to the room. */

import { $, h } from "../lib/dom.js";
import { newKey, send } from "../lib/http.js";
import { t } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";

const NEAR_END_PX = 40;

/** @typedef {Record<string, any>} Json */

/**
 * @param {HTMLElement} root
 * @param {{ slug: string, store: import("../room/store.js").Store, moderates: boolean,
 *   say: (frame: import("../room/reducer.js").Frame) => boolean }} room
 */
export function wireTalk(root, { slug, store, moderates, say }) {
  const list = /** @type {HTMLElement} */ ($("[data-lines]", root));
  /** @type {unknown} */
  let drawn;
  const draw = () => {
    if (store.state["chat"] === drawn) return;
    drawn = store.state["chat"];
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
    const lines = store.state["chat"].filter((/** @type {Json} */ line) => !line["deleted"]);
    list.replaceChildren(...lines.map((/** @type {Json} */ line) => lineOf(line, moderates)));
    if (atEnd) list.scrollTop = list.scrollHeight;
  };
  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-delete]") : null;
    if (!button) return;
    const id = button.getAttribute("data-delete");
    send("DELETE", `/api/v1/rooms/${slug}/messages/${id}/`).catch((error) => toast(error.message, { tone: "error" }));
  });
  wireForm(/** @type {HTMLFormElement} */ ($("[data-say]", root)), say);
  store.subscribe(draw);
  draw();
  list.scrollTop = list.scrollHeight;
}

/**
 * @param {HTMLFormElement} form
 * @param {(frame: import("../room/reducer.js").Frame) => boolean} say
 */
function wireForm(form, say) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ ($("input[name=text]", form));
    const text = field.value.trim();
    if (!text) return;
    if (say({ type: "chat.send", id: newKey(), text })) field.value = "";
    else toast(t("No line to the room. It comes back by itself; your words are still here."), { tone: "error" });
  });
}

/**
 * @param {Json} line
 * @param {boolean} moderates
 */
function lineOf(line, moderates) {
  const words = h(
    "span",
    { class: "line__words" },
    h("b", { class: "line__name" }, line["name"]),
    line["badge"] && h("span", { class: "line__badge" }, ` ${badgeText(line["badge"])}`),
    line["rehearsal"] && h("span", { class: "line__crowd" }, ` ${t("rehearsal")}`),
    " ",
    h("bdi", { class: "line__text", dir: "auto" }, line["text"]),
  );
  const away = { class: "line__delete", type: "button", "data-delete": line["id"], "aria-label": t("Take away the line of %(name)s", { name: line["name"] }) };
  const css = line["rehearsal"] ? "line line--rehearsal" : "line";
  return h("div", { class: css, data: { line: line["id"] } }, words, moderates && h("button", away, t("Delete")));
}

/** @param {string} badge */
function badgeText(badge) {
  return { host: t("Host"), staff: t("Brand"), moderator: t("Moderator") }[badge] ?? badge;
}
