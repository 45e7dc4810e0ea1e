/**
 * The lines on the page. Frames are gathered and drawn once per picture of the screen, however many came: thirty
 * lines a second cost one layout, and a hidden tab none.
 */

import { h } from "../lib/dom.js";
import { t, tn } from "../lib/i18n.js";
import { clockOf, fillLine, lineElement } from "./chat_line.js";
import { Pace } from "./chat_pace.js";
import { lineButton } from "./line_menu.js";

/** Lines kept on the page beyond those of a snapshot. */
export const KEEP = 200;
/** While somebody reads further up nothing is taken from above; beyond this, new lines wait to be asked for. */
const READING = 2 * KEEP;
const PEOPLE = 400;
const MARK_MS = 5 * 60_000;
const MANY_SKIPPED = 30;
const HIDDEN_MS = 500;

/**
 * @typedef {Record<string, any>} Json
 * @typedef {{ line: Json, element: HTMLElement }} Shown
 */

export class Lines {
  /**
   * @param {import("./context.js").Room} room
   * @param {HTMLElement} list
   * @param {import("./chat_scroll.js").Place} place
   * @param {(line: Json) => void} shown called for each line that is drawn
   */
  constructor(room, list, place, shown) {
    this.room = room;
    this.list = list;
    this.place = place;
    this.shown = shown;
    this.pace = new Pace();
    /** @type {Map<string, Shown>} */
    this.lines = new Map();
    /** @type {Map<string, string>} author tag → name, most recent last */
    this.people = new Map();
    /** @type {Json[]} */
    this.waiting = [];
    /** @type {(() => void)[]} */
    this.changes = [];
    /** Lines of others that came since the last picture. */
    this.fresh = 0;
    this.skipped = 0;
    this.marked = 0;
    this.due = false;
    /** Lines of one's own on their way stand at the end. */
    this.tail = h("div", { class: "chat__own" });
    const nameOf = (/** @type {string} */ tag) => this.people.get(tag) ?? "";
    const lineOf = (/** @type {string} */ id) => this.lines.get(id)?.line;
    this.around = { nameOf, lineOf };
    list.addEventListener("click", (event) => this.jump(event));
    list.addEventListener("keydown", (event) => this.step(event));
  }

  // --- What comes in -------------------------------------------------------------------------------------------
  /** @param {import("./reducer.js").Frame} frame */
  take(frame) {
    const act = {
      "chat.posted": () => this.post(frame),
      "chat.deleted": () => this.change(() => this.wipe((line) => line["id"] === frame["id"])),
      "chat.cleared": () => this.change(() => this.wipe((line) => line["author"] === frame["author"])),
      "chat.restored": () => this.change(() => this.restore(frame)),
      skipped: () => void (this.skipped += frame["through"] - frame["seq"] + 1),
    }[frame.type];
    act?.();
  }

  /** @param {Json} line */
  post(line) {
    if (this.room.calm && !this.pace.lets(line, this.room.you)) return void (this.skipped += 1);
    this.waiting.push(line);
    if (line["author"] !== this.room.you["author"]) this.fresh += 1;
    // Nobody sees more than this of a burst.
    if (this.waiting.length > READING) this.waiting.splice(0, this.waiting.length - KEEP);
    this.plan();
  }

  /** @param {() => void} change */
  change(change) {
    this.changes.push(change);
    this.plan();
  }

  plan() {
    if (this.due) return;
    this.due = true;
    // A hidden tab gets no pictures; its lines are drawn all the same, so that nothing piles up.
    if (document.hidden) setTimeout(() => this.draw(), HIDDEN_MS);
    else requestAnimationFrame(() => this.draw());
  }

  // --- Drawing -------------------------------------------------------------------------------------------------
  draw() {
    this.due = false;
    const full = !this.place.following && this.lines.size >= READING;
    const fresh = full ? [] : this.waiting.splice(0).filter((line) => !this.lines.has(line["id"]));
    const changes = this.changes.splice(0);
    this.place.count(this.fresh);
    this.fresh = 0;
    this.place.keep(() => {
      this.append(fresh);
      for (const change of changes) change();
      if (this.place.following) this.trim();
    });
  }

  /** The lines that waited while somebody read further up. */
  catchUp() {
    if (!this.waiting.length) return;
    this.append(this.waiting.splice(0).filter((line) => !this.lines.has(line["id"])));
    this.trim();
  }

  /** Everything anew. @param {Json[]} lines */
  rebuild(lines) {
    this.lines.clear();
    this.waiting = [];
    this.changes = [];
    this.marked = this.skipped = 0;
    this.list.replaceChildren(this.tail);
    this.append(lines);
    this.place.toEnd();
  }

  /** @param {Json[]} fresh */
  append(fresh) {
    const part = document.createDocumentFragment();
    for (const line of fresh) {
      this.meet(line);
      const element = lineElement(line, { ...this.drawing(line), mark: this.markOf(line) });
      this.lines.set(line["id"], { line, element });
      part.append(element);
      this.shown(line);
    }
    this.list.insertBefore(part, this.tail);
  }

  /** @param {Json} line */
  drawing(line) {
    const { you } = this.room;
    const act = lineButton({ name: line["name"] });
    act.tabIndex = -1;
    return { ...this.around, you, act };
  }

  /** What stands above a line: how much was left out, or the time after a while. @param {Json} line */
  markOf(line) {
    const skipped = this.skipped;
    if (skipped >= MANY_SKIPPED && line["at"] - this.marked > MARK_MS / 10) {
      this.skipped = 0;
      this.marked = line["at"];
      return tn("%(n)s line not shown", "%(n)s lines not shown", skipped);
    }
    if (line["at"] - this.marked < MARK_MS) return "";
    this.marked = line["at"];
    return clockOf(line["at"]);
  }

  /** @param {Json} line */
  meet(line) {
    if (!line["author"] || line["deleted"]) return;
    this.people.delete(line["author"]);
    this.people.set(line["author"], line["name"]);
    if (this.people.size > PEOPLE) this.people.delete(/** @type {string} */ (this.people.keys().next().value));
  }

  trim() {
    for (const [id, { element }] of this.lines) {
      if (this.lines.size <= KEEP) return;
      this.lines.delete(id);
      this.leave(element);
      element.remove();
    }
  }

  // --- Taken away, and back ------------------------------------------------------------------------------------
  /** @param {(line: Json) => boolean} which */
  wipe(which) {
    for (const shown of this.lines.values()) {
      if (!which(shown.line)) continue;
      this.leave(shown.element);
      this.fill(shown, { ...shown.line, text: "", name: "", reply: "", deleted: true });
    }
  }

  /** @param {Json} frame */
  restore(frame) {
    const shown = this.lines.get(frame["id"]);
    if (shown) this.fill(shown, { ...shown.line, ...frame, at: shown.line["at"], deleted: false });
  }

  /** @param {Shown} shown @param {Json} line */
  fill(shown, line) {
    shown.line = line;
    fillLine(shown.element, line, this.drawing(line));
    for (const quote of this.list.querySelectorAll(`[data-quote="${CSS.escape(line["id"])}"]`)) {
      const id = quote.closest("[data-line]")?.getAttribute("data-line") ?? "";
      const answer = this.lines.get(id);
      if (answer) fillLine(answer.element, answer.line, this.drawing(answer.line));
    }
  }

  // --- By hand -------------------------------------------------------------------------------------------------
  /** Whoever stands on a line that goes, stands in the list. @param {HTMLElement} element */
  leave(element) {
    if (element.contains(document.activeElement)) this.list.focus({ preventScroll: true });
  }

  /** From a quote to its line. @param {Event} event */
  jump(event) {
    const quote = event.target instanceof Element ? event.target.closest("[data-quote]") : null;
    const shown = this.lines.get(quote?.getAttribute("data-quote") ?? "");
    if (!shown) return;
    shown.element.scrollIntoView({ block: "center" });
    shown.element.focus({ preventScroll: true });
  }

  /** Up and down lead from line to line, Enter opens a line's menu. @param {KeyboardEvent} event */
  step(event) {
    const from = /** @type {HTMLElement} */ (event.target);
    const at = from.closest("[data-line]");
    if (from !== at && from !== this.list) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by) {
      event.preventDefault();
      this.neighbour(at, by)?.focus();
    } else if (at && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      /** @type {HTMLElement | null} */ (at.querySelector("[data-line-act]"))?.click();
    }
  }

  /** @param {Element | null} at @param {number} by @returns {HTMLElement | undefined} */
  neighbour(at, by) {
    const lines = [...this.lines.values()].map((shown) => shown.element).filter((element) => !element.hidden);
    if (!at) return lines.at(-1);
    return lines[lines.findIndex((element) => element === at) + by];
  }
}

/** @param {Json} line @param {Json} you */
export function mentionText(line, you) {
  const called = Boolean(you["author"]) && line["author"] !== you["author"] && line["mentions"]?.includes(you["author"]);
  return called ? t("%(name)s mentioned you", { name: line["name"] }) : "";
}
