/** The console's chat: lines with their menu for those who moderate, and a word to the room. */

import { $, h } from "../lib/dom.js";
import { newKey } from "../lib/http.js";
import { t } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";
import { hasMenu, lineButton, wireLineMenu } from "../room/line_menu.js";

const NEAR_END_PX = 40;

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("../room/line_menu.js").Place} Place
 */

/**
 * @param {HTMLElement} root
 * @param {{ slug: string, store: import("../room/store.js").Store, you: Json,
 *   say: (frame: import("../room/reducer.js").Frame) => boolean }} room `you`: the host as the server knows them
 */
export function wireTalk(root, { slug, store, you, say }) {
  const list = /** @type {HTMLElement} */ ($("[data-lines]", root));
  /** @type {Place} */
  const place = { root: list, slug, store, you };
  /** @type {unknown} */
  let drawn;
  const draw = () => {
    if (store.state["chat"] === drawn) return;
    drawn = store.state["chat"];
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
    const lines = store.state["chat"].filter((/** @type {Json} */ line) => !line["deleted"]);
    list.replaceChildren(...lines.map((/** @type {Json} */ line) => lineOf(line, place)));
    if (atEnd) list.scrollTop = list.scrollHeight;
  };
  wireLineMenu(place);
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
 * @param {Place} place
 */
function lineOf(line, place) {
  const words = h(
    "span",
    { class: "line__words" },
    h("b", { class: "line__name" }, line["name"]),
    line["badge"] && h("span", { class: "line__badge" }, ` ${badgeText(line["badge"])}`),
    line["rehearsal"] && h("span", { class: "line__crowd" }, ` ${t("rehearsal")}`),
    " ",
    h("bdi", { class: "line__text", dir: "auto" }, line["text"]),
  );
  const css = line["rehearsal"] ? "line line--rehearsal" : "line";
  const data = { line: line["id"], author: line["author"], badge: line["badge"] };
  return h("div", { class: css, data }, words, hasMenu(place, line) && lineButton(/** @type {any} */ (line)));
}

/** @param {string} badge */
function badgeText(badge) {
  return { host: t("Host"), staff: t("Brand"), moderator: t("Moderator") }[badge] ?? badge;
}
