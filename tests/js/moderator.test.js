import assert from "node:assert/strict";
import { test } from "node:test";

import { byLanguage, languageName } from "../../static/js/moderator/blocklist.js";
import { listOf } from "../../static/js/moderator/queue.js";
import { emptyQueue, nextAfter, reopened, replaced, settled, waiting } from "../../static/js/moderator/queue_state.js";
import { changeOf } from "../../static/js/moderator/rules.js";
import { clockText, detailText, forceText, reasonText, wavesOf, waveText } from "../../static/js/moderator/words.js";

const item = (/** @type {string} */ id, at = 1, over = {}) => ({ id, at, author: `author-${id}`, name: "Mina", text: "Hi", reason: "review", ...over });
const ids = (/** @type {any} */ queue) => queue.items.map((/** @type {any} */ one) => one.id);

test("a line that arrives twice waits once, the oldest first", () => {
  const queue = [item("b", 2), item("a", 1), item("b", 2)].reduce(waiting, emptyQueue());
  assert.deepEqual(ids(queue), ["a", "b"]);
});

test("a line that was settled does not come back when its frame is late", () => {
  const queue = waiting(settled(waiting(emptyQueue(), item("a")), "a"), item("a"));
  assert.deepEqual(ids(queue), []);
});

test("a line whose decision was refused waits again", () => {
  const gone = settled(waiting(emptyQueue(), item("a")), "a");
  assert.deepEqual(ids(waiting(reopened(gone, "a"), item("a"))), ["a"]);
});

test("the server's list replaces ours, but for what was settled while it answered", () => {
  const before = waiting(waiting(emptyQueue(), item("a", 1)), item("b", 2));
  const asked = new Set(before.settled);
  const meanwhile = settled(before, "a");
  const after = replaced(meanwhile, [item("c", 3), item("a", 1)], asked);
  assert.deepEqual(ids(after), ["c"]);
});

test("what the server lists again after it was settled here waits again: somebody undid it", () => {
  const queue = settled(waiting(emptyQueue(), item("a")), "a");
  assert.deepEqual(ids(replaced(queue, [item("a")], new Set(queue.settled))), ["a"]);
});

test("the eye goes on to the next line, at the end to the one before", () => {
  const items = [item("a"), item("b"), item("c")];
  assert.deepEqual([nextAfter(items, "a"), nextAfter(items, "c"), nextAfter([item("a")], "a")], ["b", "b", ""]);
});

test("three lines held for one reason are a wave, two are not, and reviewed lines never are", () => {
  const flood = ["a", "b", "c"].map((id) => item(id, 1, { reason: "flood", author: id === "c" ? "author-a" : `author-${id}` }));
  const rest = [item("d", 1, { reason: "evasion" }), item("e", 1, { reason: "evasion" }), item("f"), item("g"), item("h")];
  assert.deepEqual(wavesOf([...flood, ...rest]), [{ reason: "flood", ids: ["a", "b", "c"], people: 2 }]);
});

test("a wave is told in one sentence", () => {
  assert.equal(waveText({ reason: "flood", ids: ["a", "b", "c"], people: 1 }), "Many lines alike: 3 lines of 1 person wait.");
});

test("rows are found in a bare list and in a page of one", () => {
  assert.deepEqual([listOf([1]), listOf({ results: [2] }), listOf({})], [[1], [2], []]);
});

test("a sanction is told with its kind, reach and end", () => {
  assert.equal(forceText({ label: "Ban", scope: "brand", until: null }), "Ban, all rooms of the maison, until it is lifted");
  assert.match(forceText({ label: "Timeout", scope: "event", until: Date.now() }), /^Timeout, this show, until \d\d:\d\d$/);
});

test("a moment of today is told by the clock, another day's with its day", () => {
  const now = new Date(2026, 10, 11, 20, 14).getTime();
  assert.equal(clockText(now, now), "20:14");
  assert.match(clockText(now - 86_400_000, now), /10 Nov.* 20:14/);
});

test("an act's detail is told in a few words", () => {
  assert.equal(detailText({ seconds: 300, scope: "event" }), "5 minutes");
  assert.equal(detailText({ scope: "brand" }), "all rooms of the maison");
  assert.equal(detailText({ count: 7 }), "7 lines");
  assert.equal(detailText({ after: { slow_seconds: 30, review: false } }), "slow mode of 30 seconds, lines do not wait");
  assert.equal(detailText({ after: { writers: "followers", chat_needs_account: true } }), "followers write, only with an account");
  assert.equal(detailText({}), "");
});

test("a reason the page does not know is no error", () => {
  assert.deepEqual([reasonText("blocked_words"), reasonText("new")], ["A blocked word", "It waits for a moderator"]);
});

test("a changed field asks for one setting of the right type", () => {
  assert.deepEqual(changeOf({ name: "slow_seconds", type: "select-one", value: "30" }), { slow_seconds: 30 });
  assert.deepEqual(changeOf({ name: "writers", type: "select-one", value: "followers" }), { writers: "followers" });
  assert.deepEqual(changeOf({ name: "review", type: "checkbox", value: "on", checked: true }), { review: true });
});

test("terms stand by language, languages by their own names", () => {
  assert.deepEqual(byLanguage([{ language: "zh", term: "b" }, { language: "en", term: "a" }, { language: "zh", term: "c" }]).map(([tag, terms]) => [tag, terms.length]), [["en", 1], ["zh", 2]]);
  assert.deepEqual([languageName("zh"), languageName("no such tag")], ["Chinese", "no such tag"]);
});
