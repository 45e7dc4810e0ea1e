/** The show on the night: the console's parts on one screen, and every ten seconds orders, problems and the crowd. */

import { $ } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { toast } from "../lib/toast.js";
import { wireAudience } from "../host/audience.js";
import { wirePieces } from "../host/pieces.js";
import { wirePollDesk } from "../host/poll.js";
import { wireRun } from "../host/run.js";
import { wireTalk } from "../host/talk.js";
import { formatCount } from "../room/presence.js";
import { RoomSocket } from "../room/socket.js";
import { createStore } from "../room/store.js";
import { drawCrowd } from "./crowd.js";
import { drawOrders } from "./orders.js";
import { drawProblems } from "./problems.js";

const LOOK_MS = 10_000;

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("../room/store.js").Store} Store
 */

/**
 * @param {HTMLElement} root
 * @param {{ room: any, base: string, you: any }} data
 */
export function openControl(root, data) {
  const slug = root.dataset["slug"] ?? "";
  const store = createStore(data.room);
  const audience = wireAudience(root, { store });
  const socket = new RoomSocket({ slug, store, onReply: audience });
  const isOpen = () => ["rehearsal", "live"].includes(store.state["event"]["state"]);
  const refresh = async () => {
    if (socket.status === "live") return;
    const snapshot = await send("GET", `/api/v1/rooms/${slug}/`);
    store.dispatch({ type: "hello", recovered: false, snapshot });
  };
  wirePieces(zone(root, "[data-pieces]"), { slug, store, refresh });
  wireTalk(zone(root, ".console__chat"), { slug, store, you: data.you, say: (frame) => socket.send(frame) });
  wireRun(root, { store, isOpen, refresh });
  wirePollDesk(root, { slug, store, isOpen, refresh });
  wireState(root, store);
  wireLook(root);
  if (isOpen()) socket.connect();
}

/** @param {HTMLElement} root @param {string} selector */
function zone(root, selector) {
  return /** @type {HTMLElement} */ ($(selector, root));
}

/**
 * Viewers as they come and go; another state has other buttons, so the page is asked for anew.
 * @param {HTMLElement} root @param {Store} store
 */
function wireState(root, store) {
  const viewers = $("[data-viewers]", root);
  store.subscribe((state) => {
    if (viewers) viewers.textContent = formatCount(state["presence"]["viewers"]);
    if (state["event"]["state"] !== root.dataset["state"]) location.reload();
  });
  root.addEventListener("submit", (event) => act(root, event));
}

/**
 * The forms of this page, without leaving it; the console's parts take care of their own.
 * @param {HTMLElement} root @param {SubmitEvent} event
 */
async function act(root, event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || !form.matches(".control__sure, .control__form")) return;
  event.preventDefault();
  const { csrfmiddlewaretoken: _token, ...fields } = Object.fromEntries(new FormData(form));
  form.setAttribute("aria-busy", "true");
  await send("POST", location.pathname, fields).then(
    () => (form.matches(".control__sure") ? location.reload() : look(root)),
    (error) => toast(error.message, { tone: "error" }),
  );
  form.removeAttribute("aria-busy");
}

/** @param {HTMLElement} root */
function wireLook(root) {
  look(root);
  setInterval(() => document.hidden || look(root), LOOK_MS);
  document.addEventListener("visibilitychange", () => document.hidden || look(root));
}

/** @param {HTMLElement} root */
async function look(root) {
  const told = await send("GET", root.dataset["now"] ?? "").catch(() => null);
  if (!told) return;
  drawProblems(root, told["problems"]);
  if (told["orders"]) drawOrders(root, told["orders"]);
  drawCrowd(root, told["crowd"]);
}
