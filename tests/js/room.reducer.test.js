import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { isNext, reduce } from "../../static/js/room/reducer.js";
import { createStore } from "../../static/js/room/store.js";

const golden = new URL("../wire/golden/", import.meta.url);

for (const file of readdirSync(golden).filter((name) => name.endsWith(".json"))) {
  for (const { name, before, frames, after } of JSON.parse(readFileSync(new URL(file, golden), "utf8"))) {
    test(`${file}: ${name}`, () => {
      const untouched = JSON.stringify(before);
      assert.deepEqual(frames.reduce(reduce, before), after);
      assert.equal(JSON.stringify(before), untouched);
    });
    test(`${file}: ${name}, in a batch and in a hello`, () => {
      assert.deepEqual(reduce(before, { type: "batch", frames }), after);
      assert.deepEqual(reduce(before, { type: "hello", recovered: true, frames, snapshot: null }), after);
    });
  }
}

const room = { epoch: "a", head: 4, chat: [], presence: { viewers: 1, rehearsal: 0 } };

test("a snapshot replaces everything known", () => {
  const snapshot = { ...room, epoch: "b", head: 1 };
  assert.deepEqual(reduce(room, { type: "hello", recovered: false, frames: [], snapshot }), snapshot);
});

test("frames beyond a hole, of another epoch or of no known type change nothing", () => {
  for (const frame of [
    { type: "skip", epoch: "a", seq: 6 },
    { type: "skip", epoch: "b", seq: 5 },
    { type: "skip", epoch: "a", seq: 4 },
    { type: "__proto__", epoch: "a", seq: 5 },
    { type: "heartbeat", epoch: "a", head: 9 },
  ]) {
    assert.equal(reduce(room, frame), room);
  }
  assert.equal(isNext(room, { type: "skip", epoch: "a", seq: 5 }), true);
});

test("presence replaces the counts", () => {
  const after = reduce(room, { type: "presence", viewers: 7, rehearsal: 3 });
  assert.deepEqual(after["presence"], { viewers: 7, rehearsal: 3 });
});

test("listeners hear of changes only, with the frame, until they leave", () => {
  const store = createStore(room);
  /** @type {string[]} */
  const heard = [];
  const leave = store.subscribe((state, frame) => heard.push(`${frame.type} ${state.head}`));
  store.dispatch({ type: "skip", epoch: "a", seq: 5 });
  store.dispatch({ type: "skip", epoch: "a", seq: 5 });
  leave();
  store.dispatch({ type: "skip", epoch: "a", seq: 6 });
  assert.deepEqual(heard, ["skip 5"]);
  assert.equal(store.state.head, 6);
});
