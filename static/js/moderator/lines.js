/** The live chat as moderators see it: a removed line stays, struck out, so that nobody acts on it twice. */

import { $, h } from "../lib/dom.js";
import { newKey } from "../lib/http.js";
import { t } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";
import { badgeText, refusal } from "../room/chat.js";
import { hasMenu, lineButton } from "../room/line_menu.js";
import { clockText } from "./words.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("./desk.js").Desk} Desk
 */

const NEAR_END_PX = 48;
const KEEP = 400;

/** @param {Desk} desk */
export function wireLines(desk) {
  const list = /** @type {HTMLElement} */ ($("[data-lines]", desk.root));
  const more = /** @type {HTMLButtonElement} */ ($("[data-lines-more]", desk.root));
  /** @type {unknown} */
  let drawn;
  const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  const toEnd = () => {
    list.scrollTop = list.scrollHeight;
    more.hidden = true;
  };
  const draw = () => {
    if (desk.store.state["chat"] === drawn) return;
    drawn = desk.store.state["chat"];
    const follow = atEnd();
    const added = desk.store.state["chat"].filter((/** @type {Json} */ line) => place(desk, list, line)).length;
    while (follow && list.children.length > KEEP) list.firstElementChild?.remove();
    if (follow) toEnd();
    else if (added) more.hidden = false;
  };
  list.replaceChildren();
  list.addEventListener("scroll", () => atEnd() && (more.hidden = true), { passive: true });
  more.addEventListener("click", toEnd);
  desk.store.subscribe(draw);
  wireSay(desk);
  draw();
  toEnd();
}

/** Whether the line is new here. @param {Desk} desk @param {HTMLElement} list @param {Json} line */
function place(desk, list, line) {
  const known = $(`[data-line="${CSS.escape(line["id"])}"]`, list);
  if (known) {
    known.classList.toggle("line--gone", line["deleted"]);
    $("[data-gone]", known)?.toggleAttribute("hidden", !line["deleted"]);
    return false;
  }
  if (line["deleted"]) return false;
  list.append(element(desk, line));
  return true;
}

/** @param {Desk} desk @param {Json} line */
function element(desk, line) {
  const css = line["badge"] ? `line line--${line["badge"]}` : "line";
  return h(
    "div",
    { class: css, data: { line: line["id"], author: line["author"], badge: line["badge"] } },
    h("time", { class: "line__at num" }, clockText(line["at"])),
    h("p", { class: "line__words" },
      h("bdi", { class: "line__name" }, line["name"]), " ",
      line["badge"] && h("span", { class: "line__badge" }, `${badgeText(line["badge"])} `),
      line["rehearsal"] && h("span", { class: "line__crowd" }, `${t("rehearsal")} `),
      h("span", { class: "line__text", dir: "auto", lang: line["lang"] || null }, line["text"]),
      h("span", { class: "line__gone", "data-gone": true, hidden: true }, ` ${t("removed")}`),
    ),
    hasMenu(desk, /** @type {any} */ (line)) && lineButton(/** @type {any} */ (line)),
  );
}

/** A word to the room. @param {Desk} desk */
function wireSay(desk) {
  const form = /** @type {HTMLFormElement} */ ($("[data-say]", desk.root));
  const field = /** @type {HTMLInputElement} */ ($("input", form));
  /** @type {Map<string, string>} */
  const sent = new Map();
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    const id = newKey();
    if (!text) return;
    if (!desk.socket.send({ type: "chat.send", id, text })) return toast(t("No line to the room. It comes back by itself; your words are still here."), { tone: "error" });
    sent.set(id, text);
    field.value = "";
  });
  desk.on("ack", (frame) => sent.delete(frame["ref"]));
  desk.on("error", (frame) => {
    if (!sent.has(frame["ref"])) return;
    field.value ||= sent.get(frame["ref"]) ?? "";
    sent.delete(frame["ref"]);
    toast(refusal(frame["code"]), { tone: "error" });
  });
}
