/** Puts the room together: one store, one socket, and the parts that draw from it. */

import { $, readJson } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { Chat } from "./chat.js";
import { showLineup } from "./lineup.js";
import { showPins } from "./pins.js";
import { showPresence } from "./presence.js";
import { RoomSocket } from "./socket.js";
import { createStore } from "./store.js";

/** An interruption shorter than this is nobody's concern. */
const PATIENCE_MS = 1500;
const OVER = ["ended", "replay"];
const CLOSING_MS = 4000;

/**
 * @param {HTMLElement} root
 * @returns {{ store: import("./store.js").Store, socket: RoomSocket }}
 */
export function openRoom(root) {
  const store = createStore(readJson("room-data"));
  const slug = store.state["event"].slug;
  const banner = wordOfConnection(root);
  /** @type {Chat} */
  let chat;
  const socket = new RoomSocket({
    slug,
    store,
    onStatus: banner,
    onReply: (frame) => chat.reply(frame),
    onHello: (frame) => {
      chat.you = { ...chat.you, ...frame["you"], name: frame["you"].name || chat.you.name };
      chat.resend();
    },
  });
  chat = new Chat(root, store, { slug, you: readJson("room-you"), post: (frame) => socket.send(frame) });
  showPins(root, store, { slug });
  showLineup(root, store, { slug, startsAt: Date.parse(store.state["event"].starts_at) });
  showPresence(root, store);
  followEvent(store);
  keepConnected(socket);
  return { store, socket };
}

/** @param {RoomSocket} socket */
function keepConnected(socket) {
  addEventListener("online", () => socket.connect());
  addEventListener("offline", () => socket.offline());
  addEventListener("pageshow", (event) => event.persisted && socket.connect());
  socket.connect();
}

/**
 * Says how the connection fares, honestly and only when it matters.
 * @param {HTMLElement} root
 */
function wordOfConnection(root) {
  const banner = /** @type {HTMLElement} */ ($("[data-banner]", root));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return (/** @type {import("./socket.js").Status} */ status) => {
    root.dataset["connection"] = status;
    clearTimeout(timer);
    if (status === "live") {
      banner.hidden = true;
      return;
    }
    const show = () => {
      banner.textContent = connectionText(status);
      banner.hidden = false;
    };
    if (status === "closed" || status === "offline") show();
    else timer = setTimeout(show, PATIENCE_MS);
  };
}

/** @param {import("./socket.js").Status} status */
export function connectionText(status) {
  if (status === "offline") return t("You are offline. The room catches up when you are back.");
  if (status === "closed") return t("This room is closed. Load the page to see what comes next.");
  return t("Chat and pins are catching up. The picture and the shop go on.");
}

/** When the show is over the page becomes the page of what was shown. @param {import("./store.js").Store} store */
function followEvent(store) {
  store.subscribe((room, frame) => {
    if (frame.type === "event.state" && OVER.includes(room["event"].state)) setTimeout(() => location.reload(), CLOSING_MS);
  });
}
