/**
 * The chat. One's own line stands at once and says how it fares; unsent text is never lost; the reader's place is
 * never taken away.
 */

import { $, h } from "../lib/dom.js";
import { ApiError, send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";

/** Lines kept on the page beyond those of a snapshot. */
const KEEP = 200;
const NEAR_END_PX = 48;
const ANSWER_MS = 8_000;

/**
 * @typedef {Record<string, any>} Json
 * @typedef {{ id: string, text: string, element: HTMLElement, timer: any }} Pending
 * @typedef {{ name: string, signed_in: boolean, moderates: boolean, badge: string }} You
 */

/** What a refused line tells its author. @param {string} code */
export function refusal(code) {
  const words = new Map([
    ["too_fast", t("You write faster than people read. Wait a moment.")],
    ["too_long", t("Keep it under 500 characters.")],
    ["nothing_visible", t("Write something that can be read.")],
    ["name_needed", t("Choose a name first.")],
    ["account_needed", t("Sign in to write in this room.")],
    ["room_closed", t("The room is closed.")],
  ]);
  return words.get(code) ?? t("Not sent.");
}

/**
 * The chat of a room.
 * @param {import("./context.js").Room} room
 */
export function wireChat(room) {
  const chat = new Chat(room.root, room.store, { slug: room.slug, you: room.you, post: (frame) => room.socket.send(frame) });
  room.on("ack", (frame) => chat.reply(frame));
  room.on("error", (frame) => chat.reply(frame));
  room.on("hello", () => {
    chat.you = room.you;
    chat.resend();
  });
}

export class Chat {
  /**
   * @param {HTMLElement} root
   * @param {import("./store.js").Store} store
   * @param {{ slug: string, you: You, post: (frame: any) => boolean }} options
   */
  constructor(root, store, { slug, you, post }) {
    this.store = store;
    this.slug = slug;
    this.you = you;
    this.post = post;
    this.list = /** @type {HTMLElement} */ ($("[data-chat]", root));
    this.more = /** @type {HTMLButtonElement} */ ($("[data-chat-more]", root));
    this.form = /** @type {HTMLFormElement} */ ($("[data-composer]", root));
    this.input = /** @type {HTMLInputElement} */ ($("[data-composer] input", root));
    this.nameForm = /** @type {HTMLFormElement} */ ($("[data-name-form]", root));
    this.gate = $("[data-sign-in]", root);
    /** @type {Map<string, Pending>} */
    this.pending = new Map();
    this.unread = 0;
    this.listen();
    this.rebuild();
    this.rights();
  }

  listen() {
    this.store.subscribe((_room, frame) => {
      if (frame.type === "hello" && frame["snapshot"]) this.rebuild();
      else this.catchUp();
      this.rights();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.nameForm.addEventListener("submit", (event) => {
      event.preventDefault();
      this.choose();
    });
    this.list.addEventListener("scroll", () => this.atEnd() && this.read(), { passive: true });
    this.more.addEventListener("click", () => this.toEnd());
  }

  // --- Lines ------------------------------------------------------------------------------------------------
  rebuild() {
    const waiting = [...this.pending.values()].map((line) => line.element);
    this.list.replaceChildren(...this.lines().map((line) => this.element(line)), ...waiting);
    this.toEnd();
  }

  /** @returns {Json[]} */
  lines() {
    return this.store.state["chat"].filter((/** @type {Json} */ line) => !line["deleted"]);
  }

  catchUp() {
    const follow = this.atEnd();
    for (const line of this.store.state["chat"]) {
      const element = this.find(line["id"]);
      if (line["deleted"]) element?.remove();
      else if (!element) this.append(line, follow);
    }
    while (this.list.children.length > KEEP && follow) this.list.firstElementChild?.remove();
    if (follow) this.toEnd();
  }

  /** @param {Json} line @param {boolean} follow */
  append(line, follow) {
    this.settle(line);
    const first = this.list.querySelector("[data-pending]");
    this.list.insertBefore(this.element(line), first);
    if (!follow) this.count();
  }

  /** @param {string} id */
  find(id) {
    return $(`[data-line="${CSS.escape(id)}"]`, this.list);
  }

  /** @param {Json} line */
  element(line) {
    return h(
      "div",
      { class: line["badge"] ? `line line--${line["badge"]}` : "line", data: { line: line["id"] } },
      h("bdi", { class: "line__name" }, line["name"]),
      line["badge"] && h("span", { class: "line__badge" }, badgeText(line["badge"])),
      line["rehearsal"] && h("span", { class: "line__badge" }, t("rehearsal")),
      h("span", { class: "line__text", dir: "auto" }, line["text"]),
      this.you.moderates && h("button", { class: "line__act", type: "button", onclick: () => this.remove(line["id"]) }, t("Remove")),
    );
  }

  // --- One's own lines ----------------------------------------------------------------------------------------
  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    if (!this.you.name) return this.askName();
    this.input.value = "";
    this.say(crypto.randomUUID(), text);
  }

  /** @param {string} id @param {string} text */
  say(id, text) {
    this.forget(id);
    const element = h(
      "div",
      { class: "line line--pending", data: { pending: id } },
      h("bdi", { class: "line__name" }, this.you.name),
      h("span", { class: "line__text", dir: "auto" }, text),
      h("span", { class: "line__state", "data-state": true }, t("sending")),
    );
    this.list.append(element);
    const timer = setTimeout(() => this.failed(id, t("Not sent yet.")), ANSWER_MS);
    this.pending.set(id, { id, text, element, timer });
    this.toEnd();
    if (!this.post({ type: "chat.send", id, text })) this.failed(id, t("No connection. It is sent when the room is back."));
  }

  /** An `ack` or `error` from the room. @param {Json} frame */
  reply(frame) {
    if (frame["type"] === "ack") return this.acked(frame["ref"]);
    if (!frame["ref"]) return;
    this.failed(frame["ref"], refusal(frame["code"]));
    if (frame["code"] === "name_needed") this.askName();
  }

  /** @param {string} id */
  acked(id) {
    this.forget(id);
  }

  /** The line is in the log: what we drew in its place may go. @param {Json} line */
  settle(line) {
    const mine = [...this.pending.values()].find((one) => one.text === line["text"] && line["name"] === this.you.name);
    if (mine) this.forget(mine.id);
  }

  /** @param {string} id */
  forget(id) {
    const line = this.pending.get(id);
    clearTimeout(line?.timer);
    line?.element.remove();
    this.pending.delete(id);
  }

  /** @param {string} id @param {string} why */
  failed(id, why) {
    const line = this.pending.get(id);
    if (!line) return;
    const follow = this.atEnd();
    clearTimeout(line.timer);
    line.element.classList.add("line--failed");
    $("[data-state]", line.element)?.replaceChildren(
      why,
      " ",
      h("button", { class: "line__act", type: "button", onclick: () => this.say(id, line.text) }, t("Try again")),
      " ",
      h("button", { class: "line__act", type: "button", onclick: () => this.takeBack(id) }, t("Edit")),
    );
    if (follow) this.toEnd();
  }

  /** Put a line that was not sent back into the field. @param {string} id */
  takeBack(id) {
    const text = this.pending.get(id)?.text ?? "";
    this.forget(id);
    this.input.value = [text, this.input.value].filter(Boolean).join(" ");
    this.input.focus();
  }

  /** The room is back: what was never answered is sent again under its old id, so nothing stands twice. */
  resend() {
    for (const { id, text } of [...this.pending.values()]) this.say(id, text);
  }

  // --- Who may write ------------------------------------------------------------------------------------------
  rights() {
    const shut = this.store.state["settings"].chat_needs_account && !this.you.signed_in;
    this.form.hidden = shut || !this.nameForm.hidden;
    if (this.gate) this.gate.hidden = !shut;
    if (shut) this.nameForm.hidden = true;
  }

  askName() {
    this.nameForm.hidden = false;
    this.form.hidden = true;
    $("input", this.nameForm)?.focus();
  }

  async choose() {
    const field = /** @type {HTMLInputElement} */ ($("input", this.nameForm));
    const problem = /** @type {HTMLElement} */ ($("[data-name-error]", this.nameForm));
    try {
      const { name } = await send("POST", `/api/v1/rooms/${this.slug}/name/`, { name: field.value });
      this.you = { ...this.you, name };
    } catch (error) {
      problem.textContent = error instanceof ApiError ? error.message : t("Not possible right now.");
      problem.hidden = false;
      return;
    }
    problem.hidden = true;
    this.nameForm.hidden = true;
    this.form.hidden = false;
    this.input.focus();
    this.submit();
  }

  /** @param {string} id */
  async remove(id) {
    await send("DELETE", `/api/v1/rooms/${this.slug}/messages/${id}/`).catch((error) =>
      toast(error.message, { tone: "error" }),
    );
  }

  // --- The reader's place ---------------------------------------------------------------------------------------
  atEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.read();
  }

  read() {
    this.unread = 0;
    this.more.hidden = true;
  }

  count() {
    this.unread += 1;
    this.more.hidden = false;
    this.more.textContent = tn("%(n)s new", "%(n)s new", this.unread);
  }
}

/** @param {string} badge */
export function badgeText(badge) {
  if (badge === "host") return t("Host");
  return badge === "staff" ? t("Maison") : t("Moderator");
}
