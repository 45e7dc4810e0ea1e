/**
 * The menu of a chat line: what everybody may do with it (`lineActs`), and on it what moderators may do.
 *
 * A line is an element with `data-line` and `data-author`; one with a menu holds a button `[data-line-act]`
 * (`lineButton`). The same menu serves the room, the host's console and the moderators' own page.
 */

import { $, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { isLead, lengthText, mayModerate, Moderator, TIMEOUTS, WAVE_SECONDS } from "./moderate.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {{ id: string, author: string, name: string, badge: string, text: string }} Line
 * @typedef {{ label: string, run?: () => void, choices?: MenuAct[], tone?: string }} MenuAct
 * @typedef {object} Place where the menu serves
 * @property {HTMLElement} root holds the lines
 * @property {string} slug
 * @property {Json} you the viewer as the server knows them at this moment
 * @property {import("./store.js").Store} store
 * @property {((line: Json) => MenuAct[])[]} [lineActs] what else may be done with a line
 * @property {Moderator} [moderator]
 * @property {(author: string) => void} [openPerson] shows all about a person; without it a link leads there
 */

const MARGIN_PX = 8;
const DESK = "(width >= 64rem)";

/** The button that opens the menu. @param {{ name: string }} line */
export function lineButton({ name }) {
  return h("button", { class: "line__more", type: "button", "data-line-act": true, "aria-haspopup": "dialog", "aria-label": t("Act on the line of %(name)s", { name }) }, icon("more"));
}

/** Whether a line has a menu at all. @param {Place} place @param {Json} line */
export function hasMenu(place, line) {
  return mayModerate(place.you, line) || others(place, line).length > 0;
}

/** Open menus where lines are acted on, by mouse, touch and keyboard. @param {Place} place */
export function wireLineMenu(place) {
  place.moderator ??= new Moderator(place.slug);
  // Under a moderator's finger lines are as tall as a fingertip; other viewers' chat stays dense.
  place.root.toggleAttribute("data-moderates", Boolean(place.you["grade"]));
  place.root.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const line = target?.closest("[data-line]");
    if (!target || !(line instanceof HTMLElement)) return;
    const button = target.closest("[data-line-act]");
    // A finger may take the whole line; with a mouse that would be in the way of selecting words.
    const tapped = event instanceof PointerEvent && event.pointerType === "touch" && !target.closest("a, button, input");
    const own = $("[data-line-act]", line);
    const read = shownLine(place, line);
    if ((button ?? (tapped && own)) && hasMenu(place, read)) openLineMenu(place, read, own ?? line);
  });
}

/**
 * A line as the page shows it: lines older than the snapshot are known by the page only.
 * @param {Place} place
 * @param {HTMLElement} element
 * @returns {Line}
 */
function shownLine(place, element) {
  const id = element.dataset["line"] ?? "";
  const known = place.store.state["chat"].find((/** @type {Json} */ line) => line["id"] === id);
  const words = (/** @type {string} */ selector) => $(selector, element)?.textContent ?? "";
  const shown = { id, author: element.dataset["author"] ?? "", name: words(".line__name"), badge: element.dataset["badge"] ?? "", text: words(".line__text") };
  return known && !known["deleted"] ? { ...shown, ...known } : shown;
}

/**
 * @param {Place} place
 * @param {Line} line
 * @param {HTMLElement} anchor
 */
export function openLineMenu(place, line, anchor) {
  const menu = /** @type {HTMLDialogElement} */ (h("dialog", { class: "line-menu sheet", "aria-label": t("Act on the line of %(name)s", { name: line.name }) }));
  const close = () => menu.close();
  menu.append(head(line, close), ...parts(place, line, close));
  menu.addEventListener("close", () => menu.remove());
  menu.addEventListener("keydown", (event) => step(menu, event));
  document.body.append(menu);
  menu.showModal();
  if (matchMedia(DESK).matches) lay(menu, anchor);
  ($("[data-first]", menu) ?? $(".line-menu__act", menu))?.focus({ preventScroll: true });
}

/** @param {Line} line @param {() => void} close */
function head(line, close) {
  return h(
    "div",
    { class: "line-menu__head" },
    h("p", { class: "line-menu__line" }, h("bdi", { class: "line-menu__name" }, line.name), " ", h("bdi", { class: "line-menu__text" }, line.text)),
    h("button", { class: "button button--icon", type: "button", onclick: close, "aria-label": t("Close") }, icon("close")),
  );
}

/** @param {Place} place @param {Line} line @param {() => void} close */
function parts(place, line, close) {
  const shared = others(place, line);
  const own = shared.length > 0 && h("div", { class: "line-menu__group" }, shared.flatMap((act) => entries(act, close)));
  return [own, ...(mayModerate(place.you, line) ? moderation(place, line, close) : [])].filter((part) => part !== false);
}

/** @param {Place} place @param {Json} line @returns {MenuAct[]} */
function others(place, line) {
  return (place.lineActs ?? []).flatMap((acts) => acts(line));
}

/** @param {MenuAct} act @param {() => void} close @returns {HTMLElement[]} */
function entries(act, close) {
  if (act.choices) return act.choices.flatMap((choice) => entries({ ...choice, label: `${act.label} · ${choice.label}` }, close));
  const run = () => {
    close();
    act.run?.();
  };
  return [h("button", { class: "line-menu__act", type: "button", onclick: run }, act.label)];
}

/** @param {Place} place @param {Line} line @param {() => void} close */
function moderation(place, line, close) {
  const moderator = /** @type {Moderator} */ (place.moderator);
  const reason = /** @type {HTMLInputElement} */ (h("input", { class: "line-menu__reason", type: "text", maxlength: 200, dir: "auto", autocomplete: "off", placeholder: t("Reason, told with a timeout"), "aria-label": t("Reason") }));
  const act = (/** @type {string} */ label, /** @type {(why: string) => unknown} */ run, css = "line-menu__act", first = false) => {
    const go = () => {
      const why = reason.value.trim();
      close();
      run(why);
    };
    return h("button", { class: css, type: "button", onclick: go, "data-first": first }, label);
  };
  const sanction = (/** @type {any} */ what) => (/** @type {string} */ why) => moderator.sanction(line, what, why);
  const wave = t("Remove all, time out %(length)s", { length: lengthText(WAVE_SECONDS) });
  return [
    act(wave, (why) => moderator.wave(line, why), "button button--wide line-menu__wave", true),
    h(
      "div",
      { class: "line-menu__pair" },
      act(t("Remove this line"), (why) => moderator.remove(line, why)),
      act(t("Remove all lines"), (why) => moderator.clear(line, why)),
    ),
    h("p", { class: "line-menu__label" }, t("Time out")),
    h(
      "div",
      { class: "line-menu__lengths" },
      TIMEOUTS.map((seconds) => act(shortText(seconds), sanction({ kind: "timeout", seconds, scope: "event" }), "line-menu__length")),
    ),
    isLead(place.you) && leads(act, sanction),
    reason,
    person(place, line, close),
  ];
}

/**
 * What only leads may do.
 * @param {(label: string, run: (why: string) => unknown) => HTMLElement} act
 * @param {(what: any) => (why: string) => unknown} sanction
 */
function leads(act, sanction) {
  return h(
    "div",
    { class: "line-menu__group" },
    act(t("Hide from everybody else"), sanction({ kind: "hide", scope: "event" })),
    act(t("Ban for this show"), sanction({ kind: "ban", scope: "event" })),
    act(t("Ban for the maison"), sanction({ kind: "ban", scope: "brand" })),
  );
}

/** @param {Place} place @param {Line} line @param {() => void} close */
function person(place, line, close) {
  const label = t("All about %(name)s", { name: line.name });
  if (!place.openPerson) return h("a", { class: "line-menu__person", href: `/moderate/${place.slug}/?person=${line.author}` }, label);
  const open = () => {
    close();
    place.openPerson?.(line.author);
  };
  return h("button", { class: "line-menu__person", type: "button", onclick: open }, label);
}

/** The lengths side by side are short: 10 s, 1 min, 24 h. @param {number} seconds */
export function shortText(seconds) {
  if (seconds < 60) return t("%(n)s s", { n: seconds });
  return seconds < 3600 ? t("%(n)s min", { n: seconds / 60 }) : t("%(n)s h", { n: seconds / 3600 });
}

/** Up and down lead through the menu as through any menu. @param {HTMLElement} menu @param {KeyboardEvent} event */
function step(menu, event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const stops = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("button, a, input")]);
  const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  stops[(at + by + stops.length) % stops.length]?.focus();
}

/** Beside its line where there is room; a phone has it at the foot. @param {HTMLDialogElement} menu @param {HTMLElement} anchor */
function lay(menu, anchor) {
  menu.classList.add("line-menu--beside");
  const at = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const top = Math.min(Math.max(MARGIN_PX, at.top), innerHeight - height - MARGIN_PX);
  const left = Math.min(Math.max(MARGIN_PX, at.right - width), innerWidth - width - MARGIN_PX);
  // The object model, not a style attribute: the page's policy forbids those.
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
}
