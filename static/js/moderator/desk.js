/** The moderators' page: one room's chat, what waits, who is sanctioned, what was done, and the room's rules. */

import { $, $$, readJson } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { createContext } from "../room/context.js";
import { wireLineMenu } from "../room/line_menu.js";
import { connectionText } from "../room/main.js";
import { Moderator } from "../room/moderate.js";
import { presenceText } from "../room/presence.js";
import { RoomSocket } from "../room/socket.js";
import { createStore } from "../room/store.js";
import { wireBlocklist } from "./blocklist.js";
import { wireForce } from "./force.js";
import { wireLines } from "./lines.js";
import { wireLog } from "./log.js";
import { wirePerson } from "./person.js";
import { wireQueue } from "./queue.js";
import { wireRules } from "./rules.js";

/** Another moderator's act shows after this long at the latest. */
const LISTS_EVERY_MS = 15_000;
/** Several changes in a row are read once. */
const CALM_MS = 400;
const TELLING = ["chat.deleted", "chat.cleared", "chat.restored", "notice.set", "notice.cleared", "room.settings"];

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("../room/context.js").Room & {
 *   moderator: Moderator,
 *   openPerson: (author: string) => void,
 *   onRead: (read: () => unknown) => void,
 *   read: () => void,
 *   get: (path: string) => Promise<any>,
 * }} Desk `onRead` adds a list that is asked for on every hello and after every act; `read` asks for all of them
 */

/** @param {HTMLElement} root */
export function openDesk(root) {
  const store = createStore(readJson("room-data"));
  const slug = store.state["event"].slug;
  const desk = /** @type {Desk} */ (createContext(root, { slug, store, you: readJson("room-you") }));
  desk.get = (path) => send("GET", `/api/v1/rooms/${slug}/${path}`);
  wireReading(desk);
  desk.moderator = new Moderator(slug, { changed: desk.read });
  desk.socket = new RoomSocket({ slug, store, onStatus: (status) => drawStatus(root, status), onReply: desk.hear, onHello: desk.hear });
  wirePerson(desk);
  wireViews(root);
  wireLines(desk);
  wireLineMenu(desk);
  wireQueue(desk);
  wireForce(desk);
  wireLog(desk);
  wireRules(desk);
  wireBlocklist(desk);
  wirePresence(desk);
  root.dataset["script"] = "on";
  start(desk);
}

/** @param {Desk} desk */
function start(desk) {
  const open = ["rehearsal", "live"].includes(desk.store.state["event"].state);
  addEventListener("online", () => desk.socket.connect());
  addEventListener("offline", () => desk.socket.offline());
  if (open) desk.socket.connect();
  else desk.read();
  const asked = new URLSearchParams(location.search).get("person");
  if (asked) desk.openPerson(asked);
}

/** Lists are read again whenever something may have been missed. @param {Desk} desk */
function wireReading(desk) {
  /** @type {(() => unknown)[]} */
  const readers = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  desk.onRead = (read) => void readers.push(read);
  desk.read = () => {
    clearTimeout(soon);
    soon = setTimeout(() => readers.forEach((read) => read()), CALM_MS);
  };
  desk.on("hello", desk.read);
  for (const type of ["review.waiting", "review.settled"]) desk.on(type, desk.read);
  desk.store.subscribe((_room, frame) => TELLING.includes(frame.type) && desk.read());
  setInterval(() => document.hidden || desk.read(), LISTS_EVERY_MS);
}

/** @param {HTMLElement} root @param {import("../room/socket.js").Status} status */
function drawStatus(root, status) {
  const banner = /** @type {HTMLElement} */ ($("[data-banner]", root));
  root.dataset["connection"] = status;
  banner.hidden = status === "live" || status === "connecting";
  banner.textContent = banner.hidden ? "" : connectionText(status);
}

/** One view at a time on a phone; on a desk chat and queue stand beside the chosen one. @param {HTMLElement} root */
function wireViews(root) {
  const links = $$("a[data-view]", root);
  const desk = matchMedia("(width >= 64rem)");
  const show = (/** @type {string} */ view) => {
    root.dataset["view"] = view;
    // Chat and queue are always there on a desk; beside them stands the record, unless something else was chosen.
    const marked = desk.matches && ["chat", "waiting"].includes(view) ? "log" : view;
    for (const link of links) {
      if (link.dataset["view"] === marked) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(link.dataset["view"] ?? "");
      /** @type {HTMLElement | null} */ ($(`#desk-${link.dataset["view"]}`, root))?.focus({ preventScroll: true });
    });
  }
  const again = () => show(root.dataset["view"] ?? "chat");
  desk.addEventListener("change", again);
  again();
}

/** @param {Desk} desk */
function wirePresence({ root, store }) {
  const place = $("[data-presence]", root);
  const draw = () => place && (place.textContent = presenceText(/** @type {any} */ (store.state["presence"])));
  store.subscribe((_room, frame) => (frame.type === "presence" || frame.type === "hello") && draw());
  draw();
}
