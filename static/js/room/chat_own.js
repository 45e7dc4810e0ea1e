/**
 * One's own lines on their way: from the field to the log, or back to the field. A line is known by the id this
 * page gave it (`ref`) until the server names it; words never decide which line is which. Nothing here draws.
 */

const ANSWER_MS = 8_000;
/** A page that comes back later than this does not speak by itself. */
const STALE_MS = 10 * 60_000;

/**
 * @typedef {Record<string, any>} Json
 * @typedef {"sending" | "sent" | "held" | "failed"} State
 * @typedef {object} Own
 * @property {string} ref
 * @property {string} text
 * @property {string} reply the id of the line it answers, or empty
 * @property {State} state
 * @property {string} id the line's own id once the server named it
 * @property {number} seq its place in the log once it has one
 * @property {string} why a code, `offline` or `slow` while nobody refused it, or empty
 * @property {number} at ms since 1970 when it was written
 * @property {string} author the tag of whoever wrote it, empty when not known then
 * @typedef {object} Tools
 * @property {(frame: Json & { type: string }) => boolean} post
 * @property {(lines: Own[]) => void} changed
 * @property {(run: () => void, ms: number) => any} [later]
 * @property {() => number} [now] ms since 1970
 * @property {() => string} [newId]
 */

/** Failures that end by themselves when the room is back. */
const TRIES_AGAIN = ["offline", "slow"];

export class OwnLines {
  /** @param {Tools} tools @param {Own[]} [kept] what an earlier page could not deliver */
  constructor({ post, changed, later = (run, ms) => setTimeout(run, ms), now = Date.now, newId = () => crypto.randomUUID() }, kept = []) {
    this.tools = { post, changed, later, now, newId };
    /** @type {Map<string, Own>} */
    this.lines = new Map(kept.map((line) => [line.ref, afterReload(line, now())]));
    this.author = "";
  }

  all() {
    return [...this.lines.values()];
  }

  /** @param {string} text @param {string} [reply] */
  say(text, reply = "") {
    const { newId, now } = this.tools;
    const line = { ref: newId(), text, reply, state: /** @type {const} */ ("sending"), id: "", seq: 0, why: "", at: now(), author: this.author };
    this.lines.set(line.ref, line);
    this.send(line);
  }

  /** Send it (again), always under its first id: however often it arrives, it stands once. @param {Own} line */
  send(line) {
    line.state = "sending";
    line.why = "";
    line.author = this.author || line.author;
    const turn = (line.at = this.tools.now());
    const { ref, text, reply } = line;
    const posted = this.tools.post({ type: "chat.send", id: ref, text, ...(reply && { reply }) });
    if (!posted) return this.fail(line, "offline");
    this.tools.later(() => {
      if (this.lines.get(ref) === line && line.state === "sending" && line.at === turn) this.fail(line, "slow");
    }, ANSWER_MS);
    this.changed();
  }

  /** @param {string} ref */
  again(ref) {
    const line = this.lines.get(ref);
    if (line) this.send(line);
  }

  /** Forget a line and hand back what was in it. @param {string} ref @returns {Own | undefined} */
  take(ref) {
    const line = this.lines.get(ref);
    if (this.lines.delete(ref)) this.changed();
    return line;
  }

  /**
   * The room's answer to one of them.
   * @param {Json} frame `ack`, `held`, `refused` or `error`
   * @returns {Own | undefined} the line meant, if it is one of these
   */
  answer(frame) {
    const line = this.meant(frame);
    if (!line) return undefined;
    if (frame["type"] === "error") this.fail(line, frame["code"]);
    else if (frame["type"] === "refused") this.fail(line, "refused");
    else {
      line.state = frame["type"] === "held" ? "held" : "sent";
      line.id = frame["id"];
      line.seq = frame["seq"] ?? 0;
      this.changed();
    }
    return line;
  }

  /** @param {Json} frame */
  meant(frame) {
    if (frame["ref"]) return this.lines.get(frame["ref"]);
    return frame["type"] === "refused" ? this.byId(frame["id"]) : undefined;
  }

  /** @param {string} id */
  byId(id) {
    return this.all().find((line) => line.id === id);
  }

  /** The line stands in the room: it is no longer on its way. @param {string} id @returns {boolean} whether it was */
  settle(id) {
    const line = this.byId(id);
    return Boolean(line && this.take(line.ref));
  }

  /** Whether a line of one's own that just arrived may be one whose answer is still to come. @param {Json} posted */
  mayBeOnItsWay(posted) {
    return Boolean(this.author) && posted["author"] === this.author && this.all().some((line) => line.state === "sending");
  }

  /**
   * The room is back. What has its place in the log is no longer ours to show; what was never answered goes again.
   * @param {{ head: number, author: string }} facts
   */
  opened({ head, author }) {
    this.author = author;
    for (const line of this.all()) {
      const mine = !line.author || !author || line.author === author;
      if (line.state === "sent" && line.seq <= head) this.take(line.ref);
      else if (mine && (line.state === "sending" || line.state === "held" || TRIES_AGAIN.includes(line.why))) this.send(line);
    }
  }

  /** @param {Own} line @param {string} why */
  fail(line, why) {
    line.state = "failed";
    line.why = why;
    this.changed();
  }

  changed() {
    this.tools.changed(this.all());
  }
}

/** @param {Own} line @param {number} now @returns {Own} */
function afterReload(line, now) {
  if (now - line.at < STALE_MS) return line.state === "failed" ? line : { ...line, state: "failed", why: "offline" };
  return { ...line, state: "failed", why: line.why && !TRIES_AGAIN.includes(line.why) ? line.why : "left" };
}
