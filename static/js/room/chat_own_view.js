/** One's own lines on their way, as they stand at the end of the chat: each says how it fares and what can be done. */

import { $, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { refusal } from "./chat_words.js";

/** @typedef {import("./chat_own.js").Own} Own */

/** How a line fares, in words; nothing when it needs none. @param {Pick<Own, "state" | "why">} line */
export function fareText({ state, why }) {
  if (state === "sending") return t("sending");
  if (state === "sent") return "";
  if (state === "held") return t("waits for a moderator");
  if (why === "offline") return t("No connection. It is sent when the room is back.");
  if (why === "slow" || why === "failed") return t("Not sent yet.");
  if (why === "refused") return t("A moderator did not let it through.");
  return why === "left" ? t("Not sent.") : refusal(why);
}

/**
 * @param {HTMLElement} tail
 * @param {Own[]} lines
 * @param {{ name: string, again: (ref: string) => void, edit: (ref: string) => void }} tools
 */
export function drawOwn(tail, lines, tools) {
  const wanted = new Set(lines.map((line) => line.ref));
  for (const element of [...tail.children]) {
    if (!wanted.has(/** @type {HTMLElement} */ (element).dataset["pending"] ?? "")) element.remove();
  }
  for (const line of lines) {
    const element = $(`[data-pending="${CSS.escape(line.ref)}"]`, tail) ?? tail.appendChild(h("div", { dir: "auto", data: { pending: line.ref } }));
    const key = `${line.state} ${line.why} ${tools.name}`;
    if (element.dataset["drawn"] === key) continue;
    element.dataset["drawn"] = key;
    element.className = `line line--mine line--${line.state}`;
    element.replaceChildren(...parts(line, tools));
  }
}

/** @param {Own} line @param {{ name: string, again: (ref: string) => void, edit: (ref: string) => void }} tools */
function parts({ ref, text, state, why }, { name, again, edit }) {
  const words = fareText({ state, why });
  return [
    h("bdi", { class: "line__name" }, name),
    h("span", { class: "line__text" }, text),
    words && h("span", { class: "line__state", dir: "auto" }, words),
    state === "failed" &&
      h(
        "span",
        { class: "line__acts", dir: "auto" },
        h("button", { class: "line__act", type: "button", onclick: () => again(ref) }, t("Try again")),
        h("button", { class: "line__act", type: "button", onclick: () => edit(ref) }, t("Edit")),
      ),
  ].filter((part) => part instanceof Node);
}
