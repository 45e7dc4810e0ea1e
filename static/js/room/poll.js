/**
 * The host's poll: a card near the chat. Before one's own choice it is a group of radio buttons, after it bars with
 * numbers. The first choice counts, in every window and after a reload.
 */

import { $, h } from "../lib/dom.js";
import { newKey } from "../lib/http.js";
import { language, t, tn } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { formatCount } from "./presence.js";

const STAYS_MS = 30_000;
const percent = new Intl.NumberFormat(language, { style: "percent" });

/**
 * @typedef {Record<string, any>} Json
 * @typedef {{ mode: "none" | "ask" | "bars" | "result", poll: Json | null, counts: number[], crowd: number, mine: number | null }} View
 */

/**
 * What to show of the poll: the question, how it stands, or its result.
 * @param {Json} state the room
 * @param {{ vote: Json | null | undefined, mayVote: boolean, away: string }} viewer `away`: the poll they put away
 * @returns {View}
 */
export function viewOf(state, { vote, mayVote, away }) {
  const poll = state["poll"];
  const mine = vote && poll && vote["poll"] === poll.id ? vote["option"] : null;
  if (!poll || poll.id === away) return { mode: "none", poll: null, counts: [], crowd: 0, mine: null };
  if (poll.counts) return { mode: "result", poll, counts: poll.counts, crowd: 0, mine };
  const tally = state["tally"]?.id === poll.id ? state["tally"] : null;
  const counts = tally?.counts ?? poll.options.map(() => 0);
  return { mode: mine === null && mayVote ? "ask" : "bars", poll, counts, crowd: tally?.rehearsal ?? 0, mine };
}

/**
 * Whole per cent of each option; nothing of nothing is nothing.
 * @param {number[]} counts
 */
export function shares(counts) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (all ? Math.round((100 * count) / all) : 0));
}

/** The options with most votes, in words; empty when nobody voted. @param {Json} poll @param {number[]} counts */
export function winners(poll, counts) {
  const most = Math.max(...counts);
  return most ? poll["options"].filter((/** @type {string} */ _option, /** @type {number} */ n) => counts[n] === most).join(", ") : "";
}

/** @param {number[]} counts @param {number} crowd votes of the rehearsal crowd */
export function totalText(counts, crowd) {
  const votes = counts.reduce((sum, count) => sum + count, 0);
  const people = tn("%(n)s vote", "%(n)s votes", votes, { n: formatCount(votes) });
  const rehearsed = tn("%(n)s in rehearsal, not counted", "%(n)s in rehearsal, not counted", crowd);
  return crowd ? `${people} · ${rehearsed}` : people;
}

/** @param {import("./context.js").Room} room */
export function wirePoll(room) {
  const place = $("[data-poll]", room.root);
  if (place) new PollCard(place, room);
}

class PollCard {
  /** @param {HTMLElement} place @param {import("./context.js").Room} room */
  constructor(place, room) {
    this.place = place;
    this.room = room;
    // A poll that was over before one came is yesterday's paper.
    this.away = room.store.state["poll"]?.counts ? room.store.state["poll"].id : "";
    this.drawn = "";
    /** @type {{ id: string, poll: string, option: number } | null} */
    this.sent = null;
    this.refused = false;
    place.addEventListener("submit", (event) => this.submit(event));
    room.store.subscribe((_state, frame) => this.follow(frame));
    for (const type of ["hello", "you"]) room.on(type, () => this.reconnected(type));
    room.on("ack", (frame) => frame["ref"] === this.sent?.id && this.counted());
    room.on("error", (frame) => this.sent && frame["ref"] === this.sent.id && this.failed(frame["code"]));
    this.draw();
  }

  /** @param {import("./reducer.js").Frame} frame */
  follow(frame) {
    const poll = this.room.store.state["poll"];
    if (frame.type === "poll.opened") this.room.announce(t("Poll: %(question)s", { question: poll.question }));
    if (frame.type === "poll.closed" && poll?.id === frame["id"]) this.closed(poll);
    this.draw();
  }

  /** @param {Json} poll */
  closed(poll) {
    const first = winners(poll, poll["counts"]);
    if (poll["id"] !== this.away) this.room.announce(first ? t("The poll is over. Most chose: %(option)s", { option: first }) : t("The poll is over."));
    setTimeout(() => this.putAway(poll["id"]), STAYS_MS);
  }

  /** A choice that was never answered is sent again: the same choice twice is one vote. @param {string} type */
  reconnected(type) {
    if (type === "hello" && this.sent) this.send();
    this.draw();
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    const chosen = new FormData(/** @type {HTMLFormElement} */ (event.target)).get("option");
    const poll = this.room.store.state["poll"];
    if (chosen === null || !poll) return;
    this.sent = { id: newKey(), poll: poll.id, option: Number(chosen) };
    this.send();
  }

  send() {
    if (this.sent && !this.room.socket.send({ type: "vote", ...this.sent })) this.say(t("No connection. Your choice is sent when the room is back."));
  }

  counted() {
    const { poll, option } = /** @type {NonNullable<typeof this.sent>} */ (this.sent);
    this.sent = null;
    this.room.you = { ...this.room.you, vote: { poll, option } };
    this.room.announce(t("Your vote is in."));
    this.draw();
  }

  /** @param {string} code */
  failed(code) {
    this.sent = null;
    if (code === "forbidden") this.refused = true;
    this.draw();
    this.say(refusal(code));
  }

  /** @param {string} id */
  putAway(id) {
    if (this.room.store.state["poll"]?.id !== id) return;
    const held = this.place.contains(document.activeElement);
    this.away = id;
    this.draw();
    if (held) $("[data-chat]", this.room.root)?.focus();
  }

  draw() {
    const { you, store } = this.room;
    const atWork = Boolean(you["badge"] || you["moderates"] || you["hosts"]);
    const view = viewOf(store.state, { vote: you["vote"], mayVote: !atWork && !this.refused, away: this.away });
    this.place.hidden = view.mode === "none";
    const key = `${view.mode} ${view.poll?.["id"]} ${view.mine}`;
    if (key !== this.drawn) {
      this.drawn = key;
      const held = this.place.contains(document.activeElement);
      this.place.replaceChildren(...(view.poll ? this.card(view) : []));
      // Who voted by keyboard stays where they were.
      if (held && view.mode !== "none") $(".poll__question", this.place)?.focus();
    }
    if (view.mode === "bars" || view.mode === "result") drawBars(this.place, view.counts);
    const total = $("[data-total]", this.place);
    if (total) total.textContent = totalText(view.counts, view.crowd);
  }

  /** @param {View} view */
  card(view) {
    const poll = /** @type {Json} */ (view.poll);
    const away = h("button", { class: "button button--icon poll__away", type: "button", "aria-label": t("Put the poll away"), onclick: () => this.putAway(poll["id"]) }, icon("close"));
    const state = h("p", { class: "poll__state", role: "status", "data-poll-state": true });
    if (view.mode === "ask") return [away, askForm(poll), state];
    const head = h("p", { class: "poll__question", tabindex: "-1" }, view.mode === "result" && h("span", { class: "poll__over" }, t("Result")), h("bdi", { dir: "auto" }, poll["question"]));
    return [away, head, barList(poll, view.mine), h("p", { class: "poll__total num", "data-total": true }), state];
  }

  /** @param {string} text */
  say(text) {
    const state = $("[data-poll-state]", this.place);
    if (state) state.textContent = text;
  }
}

/** @param {Json} poll */
function askForm(poll) {
  return h(
    "form",
    { class: "poll__form" },
    h(
      "fieldset",
      { class: "poll__options" },
      h("legend", { class: "poll__question", tabindex: "-1" }, h("bdi", { dir: "auto" }, poll["question"])),
      ...poll["options"].map((/** @type {string} */ option, /** @type {number} */ number) =>
        h("label", { class: "poll__option" }, h("input", { type: "radio", name: "option", value: number, required: true }), h("bdi", { dir: "auto" }, option)),
      ),
    ),
    h("button", { class: "button button--small poll__vote", type: "submit" }, t("Vote")),
  );
}

/**
 * Bars with their numbers; `drawBars` fills them.
 * @param {Json} poll @param {number | null} mine
 */
export function barList(poll, mine) {
  return h(
    "ol",
    { class: "bars", role: "list" },
    ...poll["options"].map((/** @type {string} */ option, /** @type {number} */ number) =>
      h(
        "li",
        { class: number === mine ? "bar bar--mine" : "bar" },
        h("span", { class: "bar__name" }, h("bdi", { dir: "auto" }, option), number === mine && h("span", { class: "bar__mine" }, t("your choice"))),
        h("span", { class: "bar__number num", "data-bar": String(number) }),
        h("progress", { class: "bar__line", max: "100", value: "0", "aria-hidden": "true", "data-line-of": String(number) }),
      ),
    ),
  );
}

/** @param {HTMLElement} root @param {number[]} counts */
export function drawBars(root, counts) {
  shares(counts).forEach((share, number) => {
    const words = $(`[data-bar="${number}"]`, root);
    if (words) words.textContent = `${percent.format(share / 100)} · ${formatCount(counts[number] ?? 0)}`;
    const line = /** @type {HTMLProgressElement | null} */ ($(`[data-line-of="${number}"]`, root));
    if (line) line.value = share;
  });
}

/** @param {string} code */
function refusal(code) {
  if (code === "already_voted") return t("You have voted. The first choice counts.");
  if (code === "poll_closed") return t("This poll is over.");
  if (code === "forbidden") return t("People who work on the show do not vote.");
  return t("Your vote did not arrive. Try again.");
}
