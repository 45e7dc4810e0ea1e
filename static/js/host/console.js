/** One show in one hand: wires the room's store and socket to the console's zones. */

import { $ } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { language, t } from "../lib/i18n.js";
import { formatMoney } from "../lib/money.js";
import { toast } from "../lib/toast.js";
import { RoomSocket } from "../room/socket.js";
import { createStore } from "../room/store.js";
import { wireAudience } from "./audience.js";
import { leftOf, nextStep, readSales } from "./numbers.js";
import { wireCamera } from "./panel.js";
import { wirePieces } from "./pieces.js";
import { wirePollDesk } from "./poll.js";
import { wireConsoleQuestions } from "./questions.js";
import { wireRun } from "./run.js";
import { wireTalk } from "./talk.js";
import { wireSettings } from "../room/settings.js";

const SALES_EVERY_MS = 5000;
const SURE_MS = 4000;

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("../room/store.js").Store} Store
 */

/**
 * @param {HTMLElement} root
 * @param {{ room: any, base: string, you: any }} data
 */
export function openConsole(root, data) {
  const slug = root.dataset["slug"] ?? "";
  const store = createStore(data.room);
  const audience = wireAudience(root, { store });
  const hear = (/** @type {Json} */ frame) => {
    audience(frame);
    if (frame["type"] === "error") toast(errorText(frame["code"]), { tone: "error" });
  };
  const socket = new RoomSocket({ slug, store, onReply: hear });
  const isOpen = () => ["rehearsal", "live"].includes(store.state["event"]["state"]);
  const refresh = async () => {
    if (socket.status === "live") return;
    const snapshot = await send("GET", `/api/v1/rooms/${slug}/`);
    store.dispatch({ type: "hello", recovered: false, snapshot });
  };
  wirePieces(zone(root, ".console__pieces"), { slug, store, refresh });
  wireSettings($("[data-settings]", root), { slug, store });
  wireTalk(zone(root, ".console__chat"), { slug, store, you: data.you, say: (frame) => socket.send(frame) });
  wireConsoleQuestions(root, { slug, store, you: data.you });
  wireCamera(zone(root, ".console__picture"), { base: data.base, isOpen });
  wirePollDesk(root, { slug, store, isOpen, refresh });
  wireRun(root, { store, isOpen, refresh });
  wireNumbers(root, slug, store);
  wireStep(root, store, () => socket.connect());
  if (isOpen()) socket.connect();
}

/**
 * @param {HTMLElement} root
 * @param {string} selector
 */
function zone(root, selector) {
  return /** @type {HTMLElement} */ ($(selector, root));
}

/**
 * @param {HTMLElement} root
 * @param {string} slug
 * @param {Store} store
 */
function wireNumbers(root, slug, store) {
  const write = (/** @type {string} */ name, /** @type {string | number | null} */ value) => {
    if (value === null) return;
    const text = typeof value === "number" ? new Intl.NumberFormat(language).format(value) : value;
    zone(root, `[data-number="${name}"]`).textContent = text;
  };
  const draw = () => {
    write("viewers", store.state["presence"]["viewers"]);
    write("left", leftOf(store.state));
  };
  const sales = async () => {
    if (document.hidden) return;
    const answer = await send("GET", `/api/v1/events/${slug}/sales/`).catch(() => null);
    if (!answer) return;
    const { sold, held, amount, currency } = readSales(answer);
    write("sold", sold);
    write("held", held);
    if (amount !== null && currency) write("sales", formatMoney(amount, currency));
  };
  store.subscribe(draw);
  draw();
  sales();
  setInterval(sales, SALES_EVERY_MS);
}

/**
 * @param {HTMLElement} root
 * @param {Store} store
 * @param {() => void} entered called when the room has opened
 */
function wireStep(root, store, entered) {
  const form = /** @type {HTMLFormElement | null} */ ($("[data-step]", root));
  const words = () => ({ rehearsal: t("Rehearse"), live: t("Go live"), ended: t("End the show") });
  let sure = false;
  const draw = () => {
    const state = store.state["event"]["state"];
    const to = nextStep(state);
    root.dataset["state"] = state;
    drawBadge(zone(root, "[data-badge]"), state);
    if (!form) return;
    form.hidden = to === null;
    form.dataset["step"] = to ?? "";
    const button = /** @type {HTMLButtonElement} */ ($("button", form));
    button.textContent = sure ? t("End for everybody") : (/** @type {Json} */ (words())[to ?? ""] ?? "");
    button.classList.toggle("button--signal", to === "live" || sure);
    button.classList.toggle("button--quiet", to !== "live" && !sure);
  };
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const to = nextStep(store.state["event"]["state"]);
    if (to === "ended" && !sure) {
      sure = true;
      setTimeout(() => ((sure = false), draw()), SURE_MS);
      return draw();
    }
    sure = false;
    await send("POST", location.pathname, { do: "advance", to }).then(
      (done) => store.dispatch(/** @type {any} */ (stateFrame(store.state, done.state))),
      (error) => toast(error.message, { tone: "error" }),
    );
    draw();
    if (to === "rehearsal") entered();
  });
  store.subscribe(draw);
  draw();
}

/**
 * The answer to our own step, as a whole room: the log's frame says the same a moment later.
 * @param {Json} room
 * @param {string} state
 */
function stateFrame(room, state) {
  return { type: "hello", recovered: false, snapshot: { ...room, event: { ...room["event"], state } } };
}

/**
 * @param {HTMLElement} badge
 * @param {string} state
 */
function drawBadge(badge, state) {
  /** @type {Json} */
  const names = { scheduled: t("Scheduled"), rehearsal: t("Rehearsal"), live: t("Live"), ended: t("Ended"), replay: t("Replay") };
  badge.textContent = names[state] ?? state;
  badge.classList.toggle("badge--live", state === "live");
  badge.classList.toggle("badge--rehearsal", state === "rehearsal");
}

/** @param {string} code */
function errorText(code) {
  /** @type {Json} */
  const words = { too_fast: t("Slow down a little, then send again."), name_needed: t("Choose a display name in your account first.") };
  return words[code] ?? t("The room did not take that. Try again.");
}
