import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { keeper } from "../../static/js/room/chat_keep.js";
import { OwnLines } from "../../static/js/room/chat_own.js";
import { fareText } from "../../static/js/room/chat_own_view.js";
import { refusal } from "../../static/js/room/chat_words.js";

/** @type {any} */
let world;

/** @param {any[]} [kept] */
function opened(kept) {
  const own = new OwnLines(
    {
      post: (frame) => world.connected && Boolean(world.sent.push(frame)),
      changed: () => (world.changes += 1),
      later: (run) => world.timers.push(run),
      now: () => world.now,
      newId: () => `c${(world.ids += 1)}`,
    },
    kept,
  );
  own.author = "me";
  return own;
}

beforeEach(() => {
  world = { connected: true, sent: [], timers: [], now: 1_000_000, ids: 0, changes: 0 };
});

const fares = (/** @type {OwnLines} */ own) => own.all().map((line) => [line.text, line.state, line.why]);

test("a line is sent under an id of its own and stands until the room has it", () => {
  const own = opened();
  own.say("Is it lined?", "line-1");
  assert.deepEqual(world.sent, [{ type: "chat.send", id: "c1", text: "Is it lined?", reply: "line-1" }]);
  own.answer({ type: "ack", ref: "c1", id: "x", seq: 7 });
  assert.deepEqual(fares(own), [["Is it lined?", "sent", ""]]);
  assert.equal(own.settle("x"), true);
  assert.deepEqual(own.all(), []);
  assert.equal(own.settle("x"), false);
});

test("two lines with the same words are two lines", () => {
  const own = opened();
  own.say("yes");
  own.say("yes");
  own.answer({ type: "ack", ref: "c2", id: "second", seq: 8 });
  own.settle("second");
  assert.deepEqual(own.all().map((line) => line.ref), ["c1"]);
});

test("while an answer is out, a line of one's own may be the one", () => {
  const own = opened();
  own.say("yes");
  assert.equal(own.mayBeOnItsWay({ author: "me" }), true);
  assert.equal(own.mayBeOnItsWay({ author: "a" }), false);
  own.answer({ type: "ack", ref: "c1", id: "x", seq: 1 });
  assert.equal(own.mayBeOnItsWay({ author: "me" }), false);
});

test("without a connection it says so and goes again under the same id when the room is back", () => {
  const own = opened();
  world.connected = false;
  own.say("hello");
  assert.deepEqual(fares(own), [["hello", "failed", "offline"]]);
  world.connected = true;
  own.opened({ head: 5, author: "me" });
  assert.deepEqual(fares(own), [["hello", "sending", ""]]);
  assert.deepEqual(world.sent.map((/** @type {any} */ frame) => frame.id), ["c1"]);
});

test("an answer that never came is a failure one can try again, always as the same line", () => {
  const own = opened();
  own.say("hello");
  world.timers.shift()();
  assert.deepEqual(fares(own), [["hello", "failed", "slow"]]);
  own.again("c1");
  assert.deepEqual(world.sent.map((/** @type {any} */ frame) => frame.id), ["c1", "c1"]);
  assert.deepEqual(fares(own), [["hello", "sending", ""]]);
});

test("the clock of an earlier try does not fail a later one", () => {
  const own = opened();
  own.say("hello");
  world.now += 5;
  own.again("c1");
  world.timers.shift()();
  assert.deepEqual(fares(own), [["hello", "sending", ""]]);
});

test("a refusal keeps the words and says why; the room being back does not repeat it", () => {
  const own = opened();
  own.say("my shop.example");
  own.answer({ type: "error", ref: "c1", code: "no_links" });
  assert.deepEqual(fares(own), [["my shop.example", "failed", "no_links"]]);
  own.opened({ head: 5, author: "me" });
  assert.deepEqual(fares(own), [["my shop.example", "failed", "no_links"]]);
  assert.equal(own.take("c1")?.text, "my shop.example");
});

test("a line that waits is told by its own id when a moderator decides", () => {
  const own = opened();
  own.say("hm");
  own.answer({ type: "held", ref: "c1", id: "x" });
  assert.deepEqual(fares(own), [["hm", "held", ""]]);
  assert.equal(own.answer({ type: "refused", id: "other" }), undefined);
  own.answer({ type: "refused", id: "x" });
  assert.deepEqual(fares(own), [["hm", "failed", "refused"]]);
});

test("a line that waits is asked after when the room is back, for the decision may have been missed", () => {
  const own = opened();
  own.say("hm");
  own.answer({ type: "held", ref: "c1", id: "x" });
  own.opened({ head: 9, author: "me" });
  assert.equal(world.sent.length, 2);
});

test("what already has its place in the log is not shown twice after a gap", () => {
  const own = opened();
  own.say("old");
  own.answer({ type: "ack", ref: "c1", id: "x", seq: 3 });
  own.opened({ head: 9, author: "me" });
  assert.deepEqual(own.all(), []);
});

test("after a reload what was on its way goes again; after a long time only when asked", () => {
  const first = opened();
  first.say("just now");
  const kept = structuredClone(first.all());
  const soon = opened(kept);
  soon.opened({ head: 0, author: "me" });
  assert.deepEqual(fares(soon), [["just now", "sending", ""]]);
  world.now += 3_600_000;
  const late = opened(kept.map((line) => ({ ...line, state: "sending", why: "" })));
  late.opened({ head: 0, author: "me" });
  assert.deepEqual(fares(late), [["just now", "failed", "left"]]);
});

test("somebody else's words are not sent under one's own name", () => {
  const first = opened();
  first.say("signed out since");
  const other = opened(structuredClone(first.all()));
  world.sent = [];
  other.opened({ head: 0, author: "somebody else" });
  assert.deepEqual(world.sent, []);
  assert.deepEqual(fares(other), [["signed out since", "failed", "offline"]]);
});

test("every way a line fares has its words", () => {
  assert.equal(fareText({ state: "sending", why: "" }), "sending");
  assert.equal(fareText({ state: "sent", why: "" }), "");
  assert.equal(fareText({ state: "held", why: "" }), "waits for a moderator");
  for (const code of ["offline", "slow", "refused", "left", "no_links", "slow_mode", "banned", "anything"]) {
    assert.equal(fareText({ state: "failed", why: code }).length > 5, true);
  }
  assert.equal(fareText({ state: "failed", why: "no_links" }), refusal("no_links"));
});

// --- What outlives the page -------------------------------------------------------------------------------------
function storage() {
  /** @type {Map<string, string>} */
  const map = new Map();
  return {
    map,
    getItem: (/** @type {string} */ key) => map.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void map.set(key, value),
    removeItem: (/** @type {string} */ key) => void map.delete(key),
  };
}

test("a draft and unsent lines are there again after a reload, room by room", () => {
  const kept = storage();
  keeper("silk", kept).keep({ draft: "half a thou", reply: "line-1" });
  assert.deepEqual(keeper("silk", kept).kept, { draft: "half a thou", reply: "line-1", lines: [] });
  assert.deepEqual(keeper("tea", kept).kept, { draft: "", reply: "", lines: [] });
});

test("nothing unsent leaves nothing behind", () => {
  const kept = storage();
  const silk = keeper("silk", kept);
  silk.keep({ draft: "x" });
  silk.keep({ draft: "" });
  assert.equal(kept.map.size, 0);
});

test("a storage that is full, shut or full of nonsense costs the page nothing", () => {
  const full = { ...storage(), setItem: () => { throw new Error("quota"); } };
  const silk = keeper("silk", full);
  silk.keep({ draft: "still here" });
  assert.equal(silk.kept.draft, "still here");
  const broken = storage();
  broken.map.set("seenow.chat.silk", "{not json");
  assert.equal(keeper("silk", broken).kept.draft, "");
  assert.equal(keeper("silk", null).kept.draft, "");
});
