/** The room's rules and its announcement: a change is saved at once and shown as the room has it. */

import { $ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isLead } from "../room/moderate.js";

/** @typedef {import("./desk.js").Desk} Desk */

/**
 * What a changed field asks of the room.
 * @param {{ name: string, type: string, value: string, checked?: boolean }} field
 * @returns {Record<string, unknown>}
 */
export function changeOf({ name, type, value, checked = false }) {
  if (type === "checkbox") return { [name]: checked };
  return { [name]: name === "slow_seconds" ? Number(value) : value };
}

/** @param {Desk} desk */
export function wireRules(desk) {
  const group = /** @type {HTMLFieldSetElement} */ ($("[data-rules]", desk.root));
  const fields = /** @type {HTMLInputElement[]} */ ([...group.elements].filter((field) => "name" in field && field.name));
  const draw = () => {
    for (const field of fields) {
      const value = desk.store.state["settings"][field.name];
      if (field.type === "checkbox") field.checked = Boolean(value);
      else field.value = String(value);
    }
  };
  group.addEventListener("change", async (event) => {
    const change = changeOf(/** @type {HTMLInputElement} */ (event.target));
    const done = await desk.moderator.act(t("The room has it."), [["PATCH", "settings/", change]]);
    if (!done) draw();
  });
  desk.store.subscribe((_room, frame) => ["room.settings", "hello"].includes(frame.type) && draw());
  if (isLead(desk.you)) enable(group);
  draw();
  wireNotice(desk);
}

/** Without script these fields would promise what they cannot do. @param {HTMLFormElement | HTMLFieldSetElement} form */
export function enable(form) {
  for (const field of form.elements) if ("disabled" in field) field.disabled = false;
}

/** @param {Desk} desk */
function wireNotice(desk) {
  const form = /** @type {HTMLFormElement} */ ($("[data-notice-form]", desk.root));
  const field = /** @type {HTMLTextAreaElement} */ ($("textarea", form));
  const down = /** @type {HTMLButtonElement} */ ($("[data-notice-down]", form));
  const shown = /** @type {HTMLElement} */ ($("[data-notice-shown]", desk.root));
  const draw = () => {
    const notice = desk.store.state["notice"];
    down.hidden = !notice;
    shown.hidden = !notice;
    shown.textContent = notice ? notice["text"] : "";
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text && (await desk.moderator.act(t("It stands above the chat."), [["PUT", "notice/", { text }]]))) field.value = "";
  });
  down.addEventListener("click", () => desk.moderator.act(t("The announcement is gone."), [["DELETE", "notice/", undefined]]));
  desk.store.subscribe((_room, frame) => ["notice.set", "notice.cleared", "hello"].includes(frame.type) && draw());
  enable(form);
  draw();
}
