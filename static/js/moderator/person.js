/** All about one person in this room: what they wrote, what stands against them, what was done. */

import { $, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { toast } from "../lib/toast.js";
import { isLead, TIMEOUTS } from "../room/moderate.js";
import { shortText } from "../room/line_menu.js";
import { forceRow } from "./force.js";
import { logRow } from "./log.js";
import { clockText } from "./words.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("./desk.js").Desk} Desk
 */

/** @param {Desk} desk */
export function wirePerson(desk) {
  const sheet = /** @type {HTMLElement} */ ($("[data-person]", desk.root));
  let author = "";
  /** @type {Element | null} */
  let from = null;
  const close = () => {
    sheet.hidden = true;
    author = "";
    if (from instanceof HTMLElement && from.isConnected) from.focus();
  };
  const read = async () => {
    const asked = author;
    if (!asked) return;
    const person = await desk.get(`authors/${asked}/`).catch((error) => error);
    if (asked !== author) return;
    if (person instanceof Error) {
      close();
      return void toast(person.message, { tone: "error" });
    }
    sheet.replaceChildren(...content(desk, { ...person, author: asked }, close));
  };
  desk.openPerson = async (tag) => {
    from = document.activeElement;
    author = tag;
    await read();
    if (author !== tag) return;
    sheet.hidden = false;
    sheet.focus();
  };
  sheet.addEventListener("keydown", (event) => event.key === "Escape" && close());
  desk.onRead(read);
}

/** @param {Desk} desk @param {Json} person @param {() => void} close */
function content(desk, person, close) {
  const target = { id: "", author: person["author"], name: person["name"] };
  return [
    h("header", { class: "person__head" },
      h("h2", { class: "person__name" }, h("bdi", null, person["name"])),
      h("button", { class: "button button--icon", type: "button", onclick: close, "aria-label": t("Close") }, icon("close")),
    ),
    person["staff"] ? h("p", { class: "quiet" }, t("Works on this show; nobody moderates colleagues.")) : acts(desk, target),
    part(t("In force"), person["sanctions"].map((/** @type {Json} */ one) => forceRow(desk, one))),
    part(t("Last lines"), person["lines"].map((/** @type {Json} */ line) => said(line))),
    part(t("History"), person["acts"].map((/** @type {Json} */ act) => logRow(desk, act))),
  ];
}

/** @param {Desk} desk @param {import("../room/moderate.js").Target} target */
function acts(desk, target) {
  const { moderator } = desk;
  const button = (/** @type {string} */ label, /** @type {() => unknown} */ run) => h("button", { class: "line-menu__length", type: "button", onclick: run }, label);
  const sanction = (/** @type {any} */ what) => () => moderator.sanction(target, what);
  return h(
    "div",
    { class: "person__acts" },
    h("button", { class: "button button--wide button--quiet", type: "button", onclick: () => moderator.clear(target) }, t("Remove all lines")),
    h("p", { class: "quiet small" }, t("Time out")),
    h("div", { class: "line-menu__lengths" }, TIMEOUTS.map((seconds) => button(shortText(seconds), sanction({ kind: "timeout", seconds, scope: "event" })))),
    isLead(desk.you) && h("div", { class: "person__leads" },
      button(t("Hide"), sanction({ kind: "hide", scope: "event" })),
      button(t("Ban here"), sanction({ kind: "ban", scope: "event" })),
      button(t("Ban everywhere"), sanction({ kind: "ban", scope: "brand" })),
    ),
  );
}

/** @param {string} title @param {HTMLElement[]} rows */
function part(title, rows) {
  if (!rows.length) return h("p", { class: "person__none quiet" }, t("%(part)s: nothing.", { part: title }));
  return h("section", { class: "person__part" }, h("h3", null, title), h("ul", { class: "entries", role: "list" }, rows));
}

/** @param {Json} line */
function said(line) {
  const gone = line["deleted"] || line["state"] === "refused";
  return h("li", { class: gone ? "entry entry--gone" : "entry" }, h("time", { class: "entry__at num" }, clockText(line["at"])), h("p", { class: "entry__words", dir: "auto" }, line["text"]));
}
