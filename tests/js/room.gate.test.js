import assert from "node:assert/strict";
import { test } from "node:test";

import { gateOf, lastLineOf, waitWords } from "../../static/js/room/gate.js";
import { shownNotice } from "../../static/js/room/notice.js";

const now = Date.UTC(2026, 10, 11, 20, 0);
const settings = { chat_needs_account: false, writers: "everyone", slow_seconds: 0, review: false };
const you = { badge: "", signed_in: true, banned: false, muted_until: null, follows: false };
const gate = (/** @type {any} */ over = {}, /** @type {any} */ rules = {}, last = 0) =>
  gateOf({ you: { ...you, ...over }, settings: { ...settings, ...rules }, last, now });

test("an ordinary room is open to everybody", () => {
  assert.deepEqual(gate({ signed_in: false }), { gate: "open", until: 0 });
});

test("a timeout ends by the clock, to the millisecond", () => {
  assert.deepEqual(gate({ muted_until: now + 1 }), { gate: "muted", until: now + 1 });
  assert.equal(gate({ muted_until: now }).gate, "open");
});

test("a ban comes before a timeout, and neither concerns people at work", () => {
  assert.equal(gate({ banned: true, muted_until: now + 5000 }).gate, "banned");
  assert.equal(gate({ banned: true, badge: "host" }).gate, "open");
});

test("a followers' room asks guests to sign in and viewers to follow", () => {
  assert.equal(gate({ signed_in: false }, { writers: "followers" }).gate, "account");
  assert.equal(gate({}, { writers: "followers" }).gate, "follow");
  assert.equal(gate({ follows: true }, { writers: "followers" }).gate, "open");
});

test("where any account will do the field's own way in says so", () => {
  assert.equal(gate({ signed_in: false }, { chat_needs_account: true }).gate, "open");
});

test("a buyers' room is shut to who bought nothing", () => {
  assert.equal(gate({ may_write: false }, { writers: "buyers" }).gate, "buy");
  assert.equal(gate({ may_write: false, signed_in: false }, { writers: "buyers" }).gate, "buy");
  assert.equal(gate({ may_write: true }, { writers: "buyers" }).gate, "open");
});

test("slow mode counts from one's own last line", () => {
  assert.deepEqual(gate({}, { slow_seconds: 30 }, now - 10_000), { gate: "slow", until: now + 20_000 });
  assert.equal(gate({}, { slow_seconds: 30 }, now - 30_000).gate, "open");
  assert.equal(gate({}, { slow_seconds: 30 }).gate, "open");
});

test("one's own last line is found by the author's tag", () => {
  const chat = [{ author: "a", at: 5 }, { author: "b", at: 9 }, { author: "a", at: 7 }];
  assert.deepEqual([lastLineOf(chat, "a"), lastLineOf(chat, "c"), lastLineOf(chat, "")], [7, 0, 0]);
});

test("a short wait is told in seconds, in calm mode without counting, a long one by the clock", () => {
  assert.equal(waitWords(now + 1, now), "You can write again in 1 second.");
  assert.equal(waitWords(now + 11_400, now), "You can write again in 12 seconds.");
  assert.equal(waitWords(now + 11_400, now, true), "You can write again in a moment.");
  assert.match(waitWords(now + 600_000, now), /^You can write again at \d\d:\d\d\.$/);
});

test("a day's wait names the day", () => {
  assert.match(waitWords(now + 86_400_000, now), /at \w+,? \d\d:\d\d\.$/);
});

test("an announcement that was put away stays away, the next one shows", () => {
  assert.equal(shownNotice({ id: "n1" }, "n1"), null);
  assert.deepEqual(shownNotice({ id: "n2" }, "n1"), { id: "n2" });
  assert.equal(shownNotice(null, null), null);
});
