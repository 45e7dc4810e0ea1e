import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { ASK_MS, backoff, HOLE_MS, isFinal, RoomSocket, SILENCE_MS } from "../../static/js/room/socket.js";
import { createStore } from "../../static/js/room/store.js";

/** A line whose other end the test holds. */
class Line {
  /** @param {string} url */
  constructor(url) {
    this.url = url;
    this.readyState = 1;
    /** @type {any[]} */
    this.sent = [];
    /** @type {any} */
    this.onmessage = null;
    /** @type {any} */
    this.onclose = null;
  }

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  /** @param {any} frame */
  receive(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  /** @param {number} code */
  lose(code) {
    this.readyState = 3;
    this.onclose({ code });
  }
}

const snapshot = { epoch: "a", head: 4, chat: [], presence: { viewers: 0, rehearsal: 0 }, settings: {} };
const skip = (/** @type {number} */ seq, epoch = "a") => ({ type: "skip", epoch, seq });
const hello = (/** @type {any} */ over = {}) => ({
  type: "hello", recovered: true, epoch: "a", head: 4, now: 0, you: {}, frames: [], snapshot: null, ...over,
});

/** @type {any} */
let world;

beforeEach(() => {
  world = { lines: [], timers: [], statuses: [], replies: [], now: 0, refusal: null, store: createStore(snapshot) };
  world.socket = new RoomSocket({
    slug: "show",
    store: world.store,
    onStatus: (status) => world.statuses.push(status),
    onReply: (frame) => world.replies.push(frame),
    tools: {
      base: "ws://here",
      open: (url) => (world.lines.push(new Line(url)), world.lines.at(-1)),
      ticket: async () => {
        if (world.refusal) throw world.refusal;
        return "T";
      },
      later: (run, ms) => world.timers[world.timers.push({ run, ms }) - 1],
      never: (timer) => (world.timers = world.timers.filter((/** @type {any} */ one) => one !== timer)),
      random: () => 1,
      clock: () => world.now,
    },
  });
});

/** Let the timer of `ms` run out. @param {number} ms */
function pass(ms) {
  const timer = world.timers.find((/** @type {any} */ one) => one.ms === ms);
  assert.ok(timer, `a timer of ${ms} ms`);
  world.timers = world.timers.filter((/** @type {any} */ one) => one !== timer);
  return timer.run();
}

const line = () => world.lines.at(-1);

async function enter() {
  await world.socket.connect();
  line().receive(hello());
}

test("it asks for a ticket and says where it stands", async () => {
  await world.socket.connect();
  assert.equal(line().url, "ws://here/ws/rooms/show/?ticket=T&epoch=a&since=4");
  line().receive(hello());
  assert.deepEqual(world.statuses, ["live"]);
  assert.deepEqual(line().sent, [{ type: "ping" }]);
});

test("it comes back with the pass hello gave, and with a ticket when that is no good", async () => {
  await world.socket.connect();
  line().receive(hello({ again: "r.P" }));
  line().lose(1006);
  await pass(backoff(0, 1));
  assert.equal(line().url, "ws://here/ws/rooms/show/?ticket=r.P&epoch=a&since=4");
  line().lose(4401);
  await pass(backoff(1, 1));
  assert.equal(line().url, "ws://here/ws/rooms/show/?ticket=T&epoch=a&since=4");
});

test("a server that stays away is not asked for tickets until the eighth attempt", async () => {
  await world.socket.connect();
  line().receive(hello({ again: "r.P" }));
  const asked = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    line().lose(1006);
    await pass(backoff(attempt, 1));
    asked.push(new URL(line().url).searchParams.get("ticket"));
  }
  assert.deepEqual(asked, [...Array(6).fill("r.P"), "T", "r.P"]);
});

test("frames in order reach the store, one by one or in a batch", async () => {
  await enter();
  line().receive(skip(5));
  line().receive({ type: "batch", frames: [skip(6), skip(7)] });
  assert.equal(world.store.state.head, 7);
});

test("a frame that came early waits for the one before it", async () => {
  await enter();
  line().receive(skip(6));
  assert.equal(world.store.state.head, 4);
  line().receive(skip(5));
  assert.equal(world.store.state.head, 6);
  assert.equal(world.timers.filter((/** @type {any} */ one) => one.ms === HOLE_MS).length, 0);
});

test("the log is asked no more often than it answers, and again at once on a new line", async () => {
  await enter();
  line().receive(skip(7));
  pass(HOLE_MS);
  line().receive(hello({ head: 7, frames: [skip(5), skip(6), skip(7)] }));
  world.now = 100;
  line().receive(skip(9));
  pass(ASK_MS - 100);
  assert.deepEqual(line().sent.at(-1), { type: "since", epoch: "a", seq: 7 });
  await enter();
  line().receive(skip(9));
  pass(HOLE_MS);
  assert.deepEqual(line().sent.at(-1), { type: "since", epoch: "a", seq: 7 });
});

test("a hole that stays open is asked for after 300 ms", async () => {
  await enter();
  line().receive(skip(7));
  pass(HOLE_MS);
  assert.deepEqual(line().sent.at(-1), { type: "since", epoch: "a", seq: 4 });
  line().receive(hello({ head: 7, frames: [skip(5), skip(6), skip(7)] }));
  assert.equal(world.store.state.head, 7);
});

test("a heartbeat ahead of us is a hole, one that is not is none", async () => {
  await enter();
  line().receive({ type: "heartbeat", epoch: "a", head: 4, now: 0 });
  assert.equal(world.timers.filter((/** @type {any} */ one) => one.ms === HOLE_MS).length, 0);
  line().receive({ type: "heartbeat", epoch: "a", head: 5, now: 0 });
  pass(HOLE_MS);
  assert.equal(line().sent.at(-1).type, "since");
});

test("another epoch is asked for and answered by a snapshot", async () => {
  await enter();
  line().receive(skip(1, "b"));
  pass(HOLE_MS);
  line().receive(hello({ recovered: false, epoch: "b", snapshot: { ...snapshot, epoch: "b", head: 1 } }));
  assert.deepEqual([world.store.state.epoch, world.store.state.head], ["b", 1]);
});

test("doubled frames change nothing", async () => {
  await enter();
  line().receive(skip(5));
  line().receive(skip(5));
  assert.equal(world.store.state.head, 5);
});

test("a line that breaks is made anew, and goes on from where we stood", async () => {
  await enter();
  line().receive(skip(5));
  line().lose(1006);
  assert.equal(world.statuses.at(-1), "waiting");
  await pass(backoff(0, 1));
  assert.match(line().url, /epoch=a&since=5$/);
  assert.equal(world.lines.length, 2);
});

test("twelve silent seconds are a dead line", async () => {
  await enter();
  pass(SILENCE_MS);
  assert.equal(world.lines[0].readyState, 3);
  assert.equal(world.statuses.at(-1), "waiting");
});

test("waiting grows, is jittered and ends at ten seconds", () => {
  assert.deepEqual([0, 1, 2, 3].map((n) => backoff(n, 1)), [300, 600, 1200, 2400]);
  assert.equal(backoff(0, 0), 150);
  assert.equal(backoff(20, 1), 10_000);
});

test("some codes mean stay away, the others come back", async () => {
  assert.deepEqual([4510, 1003, 1008, 1009].map(isFinal), [true, true, true, true]);
  assert.deepEqual([1000, 1001, 1006, 4000, 4001, 4008, 4401].map(isFinal), Array(7).fill(false));
  await enter();
  line().lose(4510);
  assert.equal(world.statuses.at(-1), "closed");
  assert.deepEqual(world.timers, []);
});

test("a room that is closed or gone ends the trying; anything else does not", async () => {
  world.refusal = { status: 503 };
  await world.socket.connect();
  assert.equal(world.statuses.at(-1), "waiting");
  world.refusal = { status: 409, code: "room_closed" };
  await pass(backoff(0, 1));
  assert.equal(world.statuses.at(-1), "closed");
});

test("offline says so and tries nothing; being back connects at once", async () => {
  await enter();
  world.socket.offline();
  assert.equal(world.statuses.at(-1), "offline");
  assert.deepEqual(world.timers, []);
  await world.socket.connect();
  line().receive(hello());
  assert.equal(world.statuses.at(-1), "live");
});

test("what is said without a line is refused, with one it is sent", async () => {
  assert.equal(world.socket.send({ type: "ping" }), false);
  await enter();
  assert.equal(world.socket.send({ type: "chat.send", id: "1", text: "a" }), true);
});

test("answers go to whoever asked", async () => {
  await enter();
  line().receive({ type: "ack", ref: "1", id: "x", seq: 5, at: 0 });
  line().receive({ type: "error", code: "too_fast", ref: "2" });
  assert.deepEqual(world.replies.map((/** @type {any} */ frame) => frame.ref), ["1", "2"]);
});

test("frames of an older line are not heard", async () => {
  await enter();
  const old = line();
  await world.socket.connect();
  old.receive(skip(5));
  old.lose(1006);
  assert.equal(world.store.state.head, 4);
});
