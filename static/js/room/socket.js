/**
 * The room's socket: ticket, connection, resuming after any interruption, and an honest word about where we are.
 *
 * Frames reach the store complete and in order. A hole waits 300 ms for the missing frame, then the log is asked;
 * a heartbeat that is ahead of us is a hole too; twelve silent seconds are a dead line.
 */

import { syncClock } from "../lib/clock.js";
import { send } from "../lib/http.js";
import { isNext, isSequenced } from "./reducer.js";

export const HOLE_MS = 300;
export const SILENCE_MS = 12_000;
/** The server answers `since` once in two seconds; asking a little less often is never refused. */
export const ASK_MS = 2_500;
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 10_000;
const SIGNED_OUT = 4401;
/** A server that restarts is away for several attempts; asking it for tickets then would be the wave it fears. */
const PASS_TRIES = 8;
const FINAL = new Set([1003, 1008, 1009]);

/**
 * @typedef {import("./reducer.js").Frame} Frame
 * @typedef {"connecting" | "live" | "waiting" | "offline" | "closed"} Status
 * @typedef {object} Tools what a test replaces
 * @property {(url: string) => WebSocket} open
 * @property {(slug: string) => Promise<string>} ticket
 * @property {(run: () => void, ms: number) => any} later
 * @property {(timer: any) => void} never
 * @property {() => number} random
 * @property {() => number} clock ms, monotonic
 * @property {string} base
 */

/** @type {() => Tools} */
const browser = () => ({
  open: (url) => new WebSocket(url),
  ticket: async (slug) => (await send("POST", `/api/v1/rooms/${slug}/ticket/`)).ticket,
  later: (run, ms) => setTimeout(run, ms),
  never: (timer) => clearTimeout(timer),
  random: Math.random,
  clock: () => performance.now(),
  base: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`,
});

/** How long to wait before attempt `n` (from 0), jittered so that a crowd does not come back as one. */
export function backoff(/** @type {number} */ n, /** @type {number} */ random) {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** n) * (0.5 + random / 2);
}

/** Whether the server wants us to stay away. @param {number} code */
export function isFinal(code) {
  return FINAL.has(code) || (code >= 4500 && code < 5000);
}

export class RoomSocket {
  /**
   * @param {{ slug: string, store: import("./store.js").Store, onStatus?: (status: Status) => void,
   *   onReply?: (frame: Frame) => void, onHello?: (frame: Frame) => void, tools?: Tools }} options
   */
  constructor({ slug, store, onStatus = () => {}, onReply = () => {}, onHello = () => {}, tools = browser() }) {
    this.slug = slug;
    this.store = store;
    this.tools = tools;
    this.onStatus = onStatus;
    this.onReply = onReply;
    this.onHello = onHello;
    /** @type {Status} */
    this.status = "connecting";
    /** @type {WebSocket | null} */
    this.socket = null;
    /** @type {Map<number, Frame>} */
    this.ahead = new Map();
    this.attempt = 0;
    this.comeback = "";
    this.trying = 0;
    this.mayAsk = 0;
    /** @type {number | null} */
    this.asked = null;
    /** @type {any} */
    this.hole = null;
    /** @type {any} */
    this.silence = null;
    /** @type {any} */
    this.retry = null;
  }

  /** Connect now; also the way to hurry when the network came back. */
  async connect() {
    this.drop();
    this.asked = null;
    const turn = ++this.trying;
    this.tell(this.attempt ? "waiting" : "connecting");
    try {
      const ticket = this.pass() || (await this.tools.ticket(this.slug));
      if (turn === this.trying) this.listen(this.tools.open(this.address(ticket)));
    } catch (error) {
      if (turn === this.trying) this.refused(error);
    }
  }

  /** What `hello` gave us for coming back, if it may still be good: after half a minute in vain a ticket is asked for. */
  pass() {
    return this.attempt % PASS_TRIES === PASS_TRIES - 1 ? "" : this.comeback;
  }

  /** Send a frame; false when there is no line to send it on. @param {Frame} frame */
  send(frame) {
    if (this.status !== "live" || this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** The network is gone, says the browser. */
  offline() {
    this.drop();
    this.trying += 1;
    this.tell("offline");
  }

  /** @param {string} ticket */
  address(ticket) {
    const { epoch, head } = this.store.state;
    const query = new URLSearchParams({ ticket, epoch, since: String(head) });
    return `${this.tools.base}/ws/rooms/${this.slug}/?${query}`;
  }

  /** @param {WebSocket} socket */
  listen(socket) {
    this.socket = socket;
    this.watch();
    socket.onmessage = (event) => socket === this.socket && this.receive(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.socket && this.closed(event.code);
  }

  /** @param {Frame} frame */
  receive(frame) {
    this.watch();
    if (frame.type === "batch") return frame["frames"].forEach((/** @type {Frame} */ one) => this.take(one));
    if (frame.type === "hello") return this.hello(frame);
    if (frame.type === "heartbeat") return this.heartbeat(frame);
    this.take(frame);
    // What is not in the log is for this moment or this viewer: the parts of the page hear it directly.
    if (!isSequenced(frame)) this.onReply(frame);
  }

  /** @param {Frame} frame */
  hello(frame) {
    this.ahead.clear();
    this.fill();
    this.store.dispatch(frame);
    this.attempt = 0;
    this.comeback = frame["again"] ?? "";
    this.tell("live");
    this.askTheTime();
    this.onHello(frame);
  }

  /** One question with its round trip tells the server's clock better than any push. */
  askTheTime() {
    if (this.send({ type: "ping" })) this.asked = this.tools.clock();
  }

  /** @param {Frame} frame */
  heartbeat(frame) {
    if (this.asked !== null) syncClock(frame["now"], this.tools.clock() - this.asked);
    this.asked = null;
    const { epoch, head } = this.store.state;
    if (frame["epoch"] !== epoch || frame["head"] > head) this.missing();
  }

  /** @param {Frame} frame */
  take(frame) {
    if (!isSequenced(frame)) return this.store.dispatch(frame);
    const room = this.store.state;
    if (isNext(room, frame)) {
      this.store.dispatch(frame);
      this.drain();
    } else if (frame["epoch"] !== room.epoch) {
      this.missing();
    } else if (frame["seq"] > room.head) {
      this.ahead.set(frame["seq"], frame);
      this.missing();
    }
  }

  /** Apply what came early and now fits. */
  drain() {
    for (let next; (next = this.ahead.get(this.store.state.head + 1)); ) {
      this.ahead.delete(next["seq"]);
      this.store.dispatch(next);
    }
    if (this.ahead.size === 0) this.fill();
  }

  /** Something before what we know of is missing: give it a moment, then ask the log. */
  missing() {
    if (this.hole !== null) return;
    const wait = Math.max(HOLE_MS, this.mayAsk - this.tools.clock());
    this.hole = this.tools.later(() => {
      this.hole = null;
      const { epoch, head } = this.store.state;
      if (this.send({ type: "since", epoch, seq: head })) this.mayAsk = this.tools.clock() + ASK_MS;
    }, wait);
  }

  fill() {
    if (this.hole !== null) this.tools.never(this.hole);
    this.hole = null;
  }

  /** A line that says nothing for twelve seconds is dead, whatever the browser believes. */
  watch() {
    if (this.silence !== null) this.tools.never(this.silence);
    this.silence = this.tools.later(() => this.again(), SILENCE_MS);
  }

  /** @param {number} code */
  closed(code) {
    if (isFinal(code)) return this.stop();
    if (code === SIGNED_OUT) this.comeback = "";
    this.again();
  }

  /** @param {any} error */
  refused(error) {
    if (error?.status === 404 || error?.code === "room_closed") return this.stop();
    this.again();
  }

  again() {
    this.drop();
    this.tell("waiting");
    this.retry = this.tools.later(() => this.connect(), backoff(this.attempt++, this.tools.random()));
  }

  stop() {
    this.drop();
    this.tell("closed");
  }

  /** Forget the line without saying anything. */
  drop() {
    const socket = this.socket;
    this.socket = null;
    this.mayAsk = 0;
    this.ahead.clear();
    this.fill();
    for (const timer of [this.silence, this.retry]) if (timer !== null) this.tools.never(timer);
    this.silence = this.retry = null;
    socket?.close();
  }

  /** @param {Status} status */
  tell(status) {
    if (status === this.status) return;
    this.status = status;
    this.onStatus(status);
  }
}
