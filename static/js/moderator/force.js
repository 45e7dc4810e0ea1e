/** Sanctions in force, each with its end and the way to lift it. */

import { $, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { listOf } from "./queue.js";
import { forceText } from "./words.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("./desk.js").Desk} Desk
 */

/** @param {Desk} desk */
export function wireForce(desk) {
  const list = /** @type {HTMLElement} */ ($("[data-force]", desk.root));
  const empty = /** @type {HTMLElement} */ ($("[data-force-empty]", desk.root));
  desk.onRead(async () => {
    const answer = await desk.get("sanctions/").catch(() => null);
    if (!answer) return;
    const rows = listOf(answer);
    list.replaceChildren(...rows.map((sanction) => forceRow(desk, sanction)));
    empty.hidden = rows.length > 0;
  });
}

/** @param {Desk} desk @param {Json} sanction */
export function forceRow(desk, sanction) {
  const lift = () => desk.moderator.lift(/** @type {any} */ (sanction));
  return h(
    "li",
    { class: "entry" },
    h("div", { class: "entry__words" },
      h("p", null, h("button", { class: "person-link", type: "button", onclick: () => desk.openPerson(sanction["author"]) }, h("bdi", null, sanction["name"]))),
      h("p", { class: "entry__more" }, forceText(sanction)),
      h("p", { class: "entry__more" }, [sanction["by"], sanction["reason"]].filter(Boolean).join(" · ")),
    ),
    sanction["may_lift"] && h("button", { class: "entry__act", type: "button", onclick: lift, "aria-label": t("Lift the sanction of %(name)s", { name: sanction["name"] }) }, t("Lift")),
  );
}
