/** What was done in this room, by whom and why; what can be undone is undone here. */

import { $, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { listOf } from "./queue.js";
import { clockText, detailText } from "./words.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("./desk.js").Desk} Desk
 */

/** @param {Desk} desk */
export function wireLog(desk) {
  const list = /** @type {HTMLElement} */ ($("[data-log]", desk.root));
  const empty = /** @type {HTMLElement} */ ($("[data-log-empty]", desk.root));
  desk.onRead(async () => {
    const answer = await desk.get("acts/").catch(() => null);
    if (!answer) return;
    const rows = listOf(answer);
    list.replaceChildren(...rows.map((act) => logRow(desk, act)));
    empty.hidden = rows.length > 0;
  });
}

/** @param {Desk} desk @param {Json} act */
export function logRow(desk, act) {
  const undo = () => desk.moderator.undo([act["id"]]);
  const undone = act["undone_at"] && t("undone by %(name)s", { name: act["undone_by"] });
  return h(
    "li",
    { class: act["undone_at"] ? "entry entry--undone" : "entry" },
    h("time", { class: "entry__at num" }, clockText(act["at"])),
    h("div", { class: "entry__words" },
      h("p", null, `${act["label"]} `, target(desk, act)),
      act["text"] && h("p", { class: "entry__quote", dir: "auto" }, act["text"]),
      h("p", { class: "entry__more" }, [detailText(act["detail"]), act["by_room"] ? t("The room itself") : act["actor"], act["reason"], undone].filter(Boolean).join(" · ")),
    ),
    act["may_undo"] && h("button", { class: "entry__act", type: "button", onclick: undo, "aria-label": t("Undo: %(what)s", { what: act["label"] }) }, t("Undo")),
  );
}

/** @param {Desk} desk @param {Json} act */
function target(desk, act) {
  if (!act["name"]) return false;
  if (!act["author"]) return h("bdi", { class: "person-name" }, act["name"]);
  return h("button", { class: "person-link", type: "button", onclick: () => desk.openPerson(act["author"]) }, h("bdi", null, act["name"]));
}
