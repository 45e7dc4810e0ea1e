/** Puts the room together: one store, one socket, and the parts that draw from it. */

import { $, readJson } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { wireAway } from "./away.js";
import { wireCalm } from "./calm.js";
import { wireChat } from "./chat.js";
import { wireChatPanel } from "./chat_panel.js";
import { createContext } from "./context.js";
import { wireGate } from "./gate.js";
import { showHosts } from "./hosts.js";
import { wireHint } from "./hint.js";
import { wireLeave } from "./leave.js";
import { wireLineMenu } from "./line_menu.js";
import { showLineup } from "./lineup.js";
import { wireNews } from "./news.js";
import { showNotice } from "./notice.js";
import { reportLag } from "./lag.js";
import { wirePieces } from "./piece.js";
import { showPins } from "./pins.js";
import { showProgramme } from "./programme.js";
import { wirePoll } from "./poll.js";
import { showPresence } from "./presence.js";
import { wireReactions } from "./reactions.js";
import { wireQuestions } from "./questions.js";
import { RoomSocket } from "./socket.js";
import { createStore } from "./store.js";
import { wireTabs } from "./tabs.js";

/** An interruption shorter than this is nobody's concern. */
const PATIENCE_MS = 1500;
const OVER = ["ended", "replay"];
const CLOSING_MS = 4000;

/**
 * What a room is made of, one line each. A feature draws from the store, owns its own elements and tolerates
 * that they are missing: not every page has every part.
 * @type {((room: import("./context.js").Room) => void)[]}
 */
const features = [
  wireTabs,
  wireCalm,
  wireChat,
  wireChatPanel,
  wireLineMenu,
  wireNews,
  wireQuestions,
  wireGate,
  showNotice,
  ({ root, store, slug, announce }) => showPins(root, store, { slug, announce }),
  ({ root, store }) => showLineup(root, store),
  wirePieces,
  showHosts,
  showProgramme,
  ({ root, store }) => showPresence(root, store),
  wireReactions,
  wirePoll,
  (room) => reportLag(room),
  wireAway,
  wireLeave,
  wireHint,
  ({ store }) => followEvent(store),
];

/**
 * @param {HTMLElement} root
 * @returns {import("./context.js").Room}
 */
export function openRoom(root) {
  const store = createStore(readJson("room-data"));
  const slug = store.state["event"].slug;
  const room = createContext(root, { slug, store, you: readJson("room-you") });
  room.socket = new RoomSocket({ slug, store, onStatus: wordOfConnection(root), onReply: room.hear, onHello: room.hear });
  for (const feature of features) feature(room);
  keepConnected(room.socket);
  return room;
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
