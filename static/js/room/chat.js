/**
 * The chat. One's own line stands at once and says how it fares; unsent text is never lost; the reader's place is
 * never taken away. The parts: `chat_lines` draws, `chat_scroll` keeps the place, `chat_own` delivers,
 * `chat_compose` is where one writes.
 */

import { $ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { Composer } from "./chat_compose.js";
import { keeper } from "./chat_keep.js";
import { Lines, mentionText } from "./chat_lines.js";
import { wireMentions } from "./chat_mention.js";
import { OwnLines } from "./chat_own.js";
import { drawOwn, fareText } from "./chat_own_view.js";
import { Place } from "./chat_scroll.js";

export { badgeText, refusal } from "./chat_words.js";

/** How long a line of one's own may wait for the answer that tells which one it is. */
const ANSWER_FIRST_MS = 400;
const ANSWERS = ["ack", "held", "refused", "error"];

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("./reducer.js").Frame} Frame
 */

/** @param {import("./context.js").Room} room */
export function wireChat(room) {
  return new Chat(room);
}

class Chat {
  /** @param {import("./context.js").Room} room */
  constructor(room) {
    this.room = room;
    const list = /** @type {HTMLElement} */ ($("[data-chat]", room.root));
    const more = /** @type {HTMLElement} */ ($("[data-chat-more]", room.root));
    this.keeper = keeper(room.slug);
    this.place = new Place(list, more, () => this.lines.catchUp());
    this.lines = new Lines(room, list, this.place, (line) => this.shown(line));
    this.own = new OwnLines({ post: (frame) => room.socket.send(frame), changed: () => this.drawOwn() }, this.keeper.kept.lines);
    this.lines.rebuild(room.store.state["chat"]);
    const lineOf = (/** @type {string} */ id) => this.lines.lines.get(id)?.line;
    this.composer = new Composer(room, { keeper: this.keeper, say: (text, reply) => this.own.say(text, reply), lineOf });
    wireMentions(this.composer.input, { root: room.root, people: () => this.people() });
    /** @type {Map<string, Frame>} lines of one's own that came before their answer */
    this.early = new Map();
    this.offer();
    this.moderates();
    this.listen();
    this.drawOwn();
  }

  listen() {
    const { room } = this;
    room.store.subscribe((state, frame) => {
      if (frame.type === "hello" && frame["snapshot"]) this.lines.rebuild(state["chat"]);
      else for (const one of frame.type === "hello" ? frame["frames"] : [frame]) this.take(one);
      if (frame.type === "room.settings") this.composer.rights();
    });
    for (const type of ANSWERS) room.on(type, (frame) => this.answered(frame));
    room.on("you", () => this.composer.rights());
    room.on("hello", () => {
      this.composer.rights();
      this.moderates();
      this.own.opened({ head: room.store.state.head, author: room.you["author"] ?? "" });
    });
    room.root.addEventListener("seenow:calm", () => !room.calm && this.lines.rebuild(room.store.state["chat"]));
    room.root.addEventListener("seenow:tab", () => this.place.following && this.place.toEnd());
  }

  moderates() {
    this.room.root.toggleAttribute("data-moderates", Boolean(this.room.you["moderates"]));
  }

  /** Answering is offered on every line. */
  offer() {
    this.room.lineActs.unshift((line) => [{ label: t("Reply"), run: () => this.composer.reply(line["id"]) }]);
  }

  /** @param {Frame} frame */
  take(frame) {
    if (frame.type !== "chat.posted") return this.lines.take(frame);
    this.room.announce(mentionText(frame, this.room.you));
    if (!this.own.mayBeOnItsWay(frame)) return this.lines.take(frame);
    this.early.set(frame["id"], frame);
    setTimeout(() => this.release(frame["id"]), ANSWER_FIRST_MS);
  }

  /** @param {string} id */
  release(id) {
    const frame = this.early.get(id);
    if (this.early.delete(id) && frame) this.lines.take(frame);
  }

  /** A line is being drawn: if it is one's own, what stood in its place goes in the same moment. @param {Json} line */
  shown(line) {
    this.own?.settle(line["id"]);
  }

  /** @param {Frame} frame */
  answered(frame) {
    const line = this.own.answer(frame);
    if (!line) return;
    this.release(line.id);
    if (this.lines.lines.has(line.id)) this.own.settle(line.id);
    if (frame["code"] === "name_needed" || frame["code"] === "name_reserved") this.composer.askName();
    if (line.state === "failed") this.room.announce(fareText(line));
    // What a moderator refused goes back to the field, if nothing is being typed there.
    if (frame.type === "refused" && this.composer.isEmpty()) this.edit(line.ref);
  }

  /** @param {string} ref */
  edit(ref) {
    const line = this.own.take(ref);
    if (line) this.composer.takeBack(line);
  }

  drawOwn() {
    const all = this.own?.all() ?? [];
    this.keeper.keep({ lines: all });
    const fresh = all.length > this.lines.tail.childElementCount;
    const tools = { name: this.room.you.name, again: (/** @type {string} */ ref) => this.own.again(ref), edit: (/** @type {string} */ ref) => this.edit(ref) };
    this.place.keep(() => drawOwn(this.lines.tail, all, tools));
    if (fresh) this.place.toEnd();
  }

  /** Whom one can name: who speaks here, the most recent first, and the hosts. @returns {string[]} */
  people() {
    const me = this.room.you.name;
    const hosts = this.room.store.state["event"]["hosts"].map((/** @type {Json} */ host) => host["name"]);
    return [...new Set([...[...this.lines.people.values()].reverse(), ...hosts])].filter((name) => name && name !== me);
  }
}
