import assert from "node:assert/strict";
import { test } from "node:test";

import { serverNow } from "../../static/js/lib/clock.js";
import { EVERY_MS, lagFrame, reportLag } from "../../static/js/room/lag.js";
import { shares, totalText, viewOf, winners } from "../../static/js/room/poll.js";
import { formatCount, presenceText } from "../../static/js/room/presence.js";
import { lastMinute, marksFor } from "../../static/js/room/reactions.js";

// --- Reactions
test("a burst becomes a handful of marks, however many taps it sums", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 9, 500, 1_000_000].map(marksFor), [0, 1, 2, 2, 3, 4, 5, 5]);
});

test("the number in calm mode is the last minute's", () => {
  /** @type {{ at: number, counts: Record<string, number> }[]} */
  const bursts = [
    { at: 0, counts: { heart: 9 } },
    { at: 30_000, counts: { heart: 2, spark: 1 } },
    { at: 60_000, counts: { heart: 1 } },
  ];
  assert.deepEqual(lastMinute(bursts, 60_000), { heart: 3, spark: 1 });
  assert.deepEqual(lastMinute(bursts, 300_000), {});
});

// --- Presence
test("a count is exact while small and rounded down when large", () => {
  assert.deepEqual([0, 999, 1000, 1299, 12_900, 254_000].map((n) => formatCount(n, "en")), ["0", "999", "1k", "1.2k", "12.9k", "254k"]);
  assert.equal(formatCount(12_900, "zh-Hans"), "1.2万");
});

test("the crowd stands beside the people", () => {
  assert.equal(presenceText({ viewers: 1200, rehearsal: 6 }), "1.2k watching, 6 in rehearsal");
  assert.equal(presenceText({ viewers: 1, rehearsal: 0 }), "1 watching");
});

// --- The picture
test("only a live picture's lag is told", () => {
  assert.deepEqual(lagFrame(1_000, 5_200.4), { type: "lag", behind: 4200 });
  assert.deepEqual([lagFrame(5_000, 4_999), lagFrame(0, 120_001)], [null, null]);
});

/** @param {boolean} line whether frames can be sent */
function playing(line = true) {
  const page = new EventTarget();
  /** @type {any[]} */
  const sent = [];
  let now = 0;
  const socket = { send: (/** @type {any} */ frame) => line && sent.push(frame) > 0 };
  reportLag(/** @type {any} */ ({ socket }), { clock: () => now, page });
  const show = (/** @type {number} */ at) => {
    now = at;
    page.dispatchEvent(new CustomEvent("seenow:playing-date", { detail: { ms: serverNow() - 4000 } }));
  };
  return { show, sent };
}

test("a picture is told of at once and then every ten seconds", () => {
  const { show, sent } = playing();
  for (let at = 0; at < 5 * EVERY_MS; at += 100) show(at);
  assert.ok(sent.length >= 4 && sent.length <= 6, String(sent.length));
  assert.ok(Math.abs(sent[0].behind - 4000) < 100);
});

test("without a picture nothing is told, and without a line it is told when there is one", () => {
  assert.deepEqual(playing().sent, []);
  const { show, sent } = playing(false);
  show(0);
  show(100);
  assert.deepEqual(sent, []);
});

// --- The poll
const poll = { id: "p1", question: "Which?", options: ["A", "B"], counts: null };
const viewer = { vote: null, mayVote: true, away: "" };
const tally = { id: "p1", counts: [3, 1], rehearsal: 2 };

test("before one's choice there is a question, after it there are bars", () => {
  assert.equal(viewOf({ poll, tally }, viewer).mode, "ask");
  const voted = viewOf({ poll, tally }, { ...viewer, vote: { poll: "p1", option: 1 } });
  assert.deepEqual([voted.mode, voted.mine, voted.counts, voted.crowd], ["bars", 1, [3, 1], 2]);
});

test("people at work see bars, a vote in an earlier poll is none in this", () => {
  assert.equal(viewOf({ poll }, { ...viewer, mayVote: false }).mode, "bars");
  assert.equal(viewOf({ poll }, { ...viewer, vote: { poll: "p0", option: 0 } }).mode, "ask");
});

test("a tally of another poll is not shown, without one the bars are empty", () => {
  const shown = viewOf({ poll, tally: { ...tally, id: "p0" } }, { ...viewer, mayVote: false });
  assert.deepEqual(shown.counts, [0, 0]);
});

test("the result is final and a poll that was put away is gone", () => {
  const closed = { ...poll, counts: [5, 4] };
  assert.deepEqual(viewOf({ poll: closed, tally }, viewer).counts, [5, 4]);
  assert.equal(viewOf({ poll: closed }, viewer).mode, "result");
  assert.equal(viewOf({ poll: closed }, { ...viewer, away: "p1" }).mode, "none");
  assert.equal(viewOf({ poll: null }, viewer).mode, "none");
});

test("shares are whole per cent, nothing of nothing is nothing", () => {
  assert.deepEqual(shares([3, 1]), [75, 25]);
  assert.deepEqual(shares([0, 0]), [0, 0]);
  assert.deepEqual(shares([1, 1, 1]), [33, 33, 33]);
});

test("the winner is named, all of them when they are even, none without votes", () => {
  assert.deepEqual([winners(poll, [2, 1]), winners(poll, [2, 2]), winners(poll, [0, 0])], ["A", "A, B", ""]);
});

test("votes of the crowd are told and not counted", () => {
  assert.equal(totalText([1, 0], 0), "1 vote");
  assert.equal(totalText([1200, 0], 3), "1.2k votes · 3 in rehearsal, not counted");
});
