/**
 * Who may write, said before anybody tries: a timeout and its end, slow mode, rooms for followers or buyers. What
 * was typed stays in the field; the server asks all of it again.
 */

import { formatTime, serverNow } from "../lib/clock.js";
import { $, h } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {"open" | "banned" | "muted" | "account" | "follow" | "buy" | "slow"} Gate
 * @typedef {{ gate: Gate, until: number }} Verdict `until` in ms since 1970, 0 when no clock opens it
 */

/** A wait this short is told in seconds, a longer one by the clock. */
const SECONDS_MS = 90_000;
/** Gates no clock opens: the field makes way for the words. */
const WALLS = ["banned", "account", "follow", "buy"];

/**
 * Whether this viewer may write at this moment.
 * @param {{ you: Json, settings: Json, last: number, now: number }} facts `last`: ms of one's own last line, 0 for none
 * @returns {Verdict}
 */
export function gateOf({ you, settings, last, now }) {
  const shut = (/** @type {Gate} */ gate, until = 0) => ({ gate, until });
  if (you["badge"]) return shut("open");
  if (you["banned"]) return shut("banned");
  if (you["muted_until"] > now) return shut("muted", you["muted_until"]);
  // Where any account will do, the field's own way in says so.
  if (!you["signed_in"] && settings["chat_needs_account"]) return shut("open");
  if (settings["writers"] === "followers" && !you["follows"]) return shut(you["signed_in"] ? "follow" : "account");
  // Whether somebody bought here only the server knows: it says so in `may_write` of a buyers' room.
  if (settings["writers"] === "buyers" && you["may_write"] === false) return shut("buy");
  const next = last + settings["slow_seconds"] * 1000;
  return settings["slow_seconds"] && last && next > now ? shut("slow", next) : shut("open");
}

/** When one's own last line came. @param {Json[]} chat @param {string} author */
export function lastLineOf(chat, author) {
  return author ? chat.reduce((last, line) => (line["author"] === author ? Math.max(last, line["at"]) : last), 0) : 0;
}

/** How long it takes, in words. @param {number} until @param {number} now @param {boolean} calm no counting down */
export function waitWords(until, now, calm = false) {
  const seconds = Math.max(1, Math.ceil((until - now) / 1000));
  if (until - now > SECONDS_MS) return t("You can write again at %(time)s.", { time: formatTime(until, clockShape(until - now)) });
  if (calm) return t("You can write again in a moment.");
  return tn("You can write again in %(n)s second.", "You can write again in %(n)s seconds.", seconds);
}

/** @param {number} wait ms @returns {Intl.DateTimeFormatOptions} */
function clockShape(wait) {
  const clock = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return wait > 12 * 3_600_000 ? { weekday: "short", ...clock } : clock;
}

/** @param {import("./context.js").Room} room */
export function wireGate(room) {
  const place = $("[data-gate]", room.root);
  if (!place) return;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let clock;
  let told = "open";
  const verdict = () => {
    const { settings, chat } = room.store.state;
    return gateOf({ you: room.you, settings, last: lastLineOf(chat, room.you["author"]), now: serverNow() });
  };
  const draw = () => {
    const { gate, until } = verdict();
    room.root.dataset["gate"] = WALLS.includes(gate) ? "wall" : gate;
    place.hidden = gate === "open";
    const words = wordsOf(gate, until, room);
    if (place.dataset["words"] !== words) place.replaceChildren(h("p", { class: "gate__words" }, words), ...wayIn(gate, room, draw));
    place.dataset["words"] = words;
    if (gate !== told && gate !== "slow" && gate !== "open") room.announce(words);
    told = gate;
    if (!until) clock = void clearInterval(clock);
    else clock ??= setInterval(draw, 1000);
  };
  room.root.addEventListener("submit", (event) => holdBack(event, verdict().gate), true);
  room.store.subscribe((_room, frame) => {
    // What `may_write` said was about the rules before; the server says it anew, or refuses the line.
    if (frame.type === "room.settings") room.you = { ...room.you, may_write: true };
    draw();
  });
  room.on("error", (frame) => {
    if (frame["code"] === "buyers_only") room.you = { ...room.you, may_write: false };
    draw();
  });
  for (const type of ["hello", "you"]) room.on(type, draw);
  draw();
}

/** The line waits in its field until it may go. @param {Event} event @param {Gate} gate */
function holdBack(event, gate) {
  const form = event.target instanceof Element ? event.target : null;
  if (gate === "open" || !form?.matches("[data-composer]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** @param {Gate} gate @param {number} until @param {import("./context.js").Room} room */
function wordsOf(gate, until, { you, calm }) {
  /** @type {Record<Gate, () => string>} */
  const words = {
    open: () => "",
    banned: () => t("You cannot write in this room. Watching and buying go on as before."),
    muted: () => [t("A moderator paused your writing."), reasonText(you["muted_for"]), waitWords(until, serverNow(), calm)].filter(Boolean).join(" "),
    account: () => t("Sign in to write in this room."),
    follow: () => t("In this show the people who follow its host write."),
    buy: () => t("In this show the people who bought here write."),
    slow: () => waitWords(until, serverNow(), calm),
  };
  return words[gate]();
}

/** @param {string} [why] */
function reasonText(why) {
  return why ? t("Their reason: %(why)s.", { why: why.replace(/[.。]$/, "") }) : "";
}

/**
 * What opens a gate, where one can open it oneself.
 * @param {Gate} gate @param {import("./context.js").Room} room @param {() => void} draw
 * @returns {HTMLElement[]}
 */
function wayIn(gate, room, draw) {
  if (gate === "account") return [h("a", { class: "gate__act", href: `/account/login/?next=${encodeURIComponent(location.pathname)}` }, t("Sign in"))];
  const host = room.store.state["event"]["hosts"][0];
  if (gate !== "follow" || !host) return [];
  const follow = () =>
    send("POST", `/api/v1/hosts/${host["slug"]}/follow/`).then(
      () => {
        room.you["follows"] = true;
        draw();
        $("[data-composer] input", room.root)?.focus();
      },
      (error) => toast(error.message, { tone: "error" }),
    );
  return [h("button", { class: "gate__act", type: "button", onclick: follow }, t("Follow %(name)s", { name: host["name"] }))];
}
