/**
 * One line of chat as an element; the room and the host's console draw the same. Names stand apart (`bdi`), the
 * line turns with its own words (`dir=auto`), and nothing of it is ever parsed as HTML.
 */

import { formatTime } from "../lib/clock.js";
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isEmojiAlone, isLong, pieces, shortened } from "./chat_text.js";
import { badgeText } from "./chat_words.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {object} Around what a line's drawing needs to know of the others
 * @property {Json} [you]
 * @property {(tag: string) => string} [nameOf] the name behind an author tag, empty when unknown
 * @property {(id: string) => Json | undefined} [lineOf] a line that is on this screen
 * @property {string} [mark] stands above the line: the time, or what was left out
 * @property {HTMLElement | false} [act] the button of the line's menu
 */

const CLOCK = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const MINUTE = 60_000;
let minute = 0;
let written = "";

/** "20:35" in the viewer's zone. Formatting is dear, and most lines are of the same minute. @param {number} at ms */
export function clockOf(at) {
  const now = Math.floor(at / MINUTE);
  if (now !== minute) [minute, written] = [now, formatTime(at, CLOCK)];
  return written;
}

/**
 * @param {Json} line
 * @param {Around} [around]
 */
export function lineElement(line, around = {}) {
  const element = h("div", { dir: "auto", tabindex: -1, data: { line: line["id"], author: line["author"] ?? "", badge: line["badge"] } });
  fillLine(element, line, around);
  return element;
}

/**
 * Draw a line into its element, also when it comes back; a deleted one keeps its place and shows nothing.
 * @param {HTMLElement} element
 * @param {Json} line
 * @param {Around} [around]
 */
export function fillLine(element, line, around = {}) {
  element.hidden = Boolean(line["deleted"]);
  element.className = cssOf(line, around);
  if (line["deleted"]) return element.replaceChildren();
  if (around.mark) element.dataset["mark"] = around.mark;
  const said = [
    h("bdi", { class: "line__name" }, line["name"]),
    line["badge"] && h("span", { class: "line__badge", dir: "auto" }, badgeText(line["badge"])),
    line["rehearsal"] && h("span", { class: "line__badge line__badge--crowd", dir: "auto" }, t("rehearsal")),
    words(line, around),
  ];
  element.replaceChildren(
    ...[
      line["reply"] && quote(line["reply"], around),
      ...(isLong(line["text"]) ? [h("div", { class: "line__folded" }, said), unfold(element)] : said),
      line["at"] && h("time", { class: "line__time", dir: "ltr", datetime: new Date(line["at"]).toISOString() }, clockOf(line["at"])),
      around.act,
    ].filter((part) => part instanceof Node),
  );
}

/** @param {Json} line @param {Around} around */
function cssOf(line, { you }) {
  if (line["deleted"]) return "line";
  const me = you?.["author"];
  return [
    "line",
    line["badge"] && `line--${line["badge"]}`,
    me && line["author"] === me && "line--mine",
    me && line["mentions"]?.includes(me) && "line--calls",
    isLong(line["text"]) && "line--long",
    isEmojiAlone(line["text"]) && "line--emoji",
  ]
    .filter(Boolean)
    .join(" ");
}

/** @param {Json} line @param {Around} around */
function words(line, { you, nameOf }) {
  const me = you?.["author"] && line["mentions"]?.includes(you["author"]) ? you["name"] : "";
  const names = [...(line["mentions"] ?? []).map((/** @type {string} */ tag) => nameOf?.(tag) ?? ""), me];
  const parts = pieces(line["text"], { links: line["links"], names, me }).map((piece) => {
    if (piece.kind === "link") return h("a", { class: "line__link", href: piece.href, target: "_blank", rel: "noopener nofollow ugc", dir: "ltr" }, piece.text);
    if (piece.kind === "text") return piece.text;
    return h(piece.kind === "me" ? "mark" : "span", { class: `line__${piece.kind}` }, h("bdi", null, piece.text));
  });
  return h("span", { class: "line__text", lang: line["lang"] || null }, parts);
}

/**
 * The line that is answered, in short. What is gone from this screen has no words; what was taken away has no name.
 * @param {string} id
 * @param {Around} around
 */
function quote(id, { lineOf }) {
  const line = lineOf?.(id);
  const known = line && !line["deleted"];
  const said = known ? [h("bdi", { class: "line__quoted" }, line["name"]), " ", h("bdi", null, shortened(line["text"]))] : [t("an earlier line")];
  return h("button", { class: "line__quote", type: "button", dir: "auto", tabindex: -1, disabled: !known, data: { quote: id } }, said);
}

/** @param {HTMLElement} element */
function unfold(element) {
  const button = h("button", { class: "line__unfold", type: "button", dir: "auto", "aria-expanded": "false" }, t("more"));
  button.addEventListener("click", () => {
    const open = element.classList.toggle("line--open");
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? t("less") : t("more");
  });
  return button;
}
