import assert from "node:assert/strict";
import { test } from "node:test";

import { apartText, nextBehind, nobodyText, pinsAt, reactionsText, talkText } from "../../static/js/host/audience.js";
import { asked, lineText } from "../../static/js/host/poll.js";

const pins = [
  { id: "a", at: 1000 },
  { id: "b", at: 5000 },
];

test("what viewers see now is the stage at their moment, not at the host's", () => {
  const { there, coming } = pinsAt(pins, 4999);
  assert.deepEqual([there.map((pin) => pin.id), coming.map((pin) => pin.id)], [["a"], ["b"]]);
  assert.equal(pinsAt(pins, 5000).coming.length, 0);
});

test("the preview goes as far behind as half of the viewers are, and leaves small differences alone", () => {
  assert.equal(nextBehind({ own: 2.5, median: 3.5, behind: 0 }), null);
  assert.equal(nextBehind({ own: 2.5, median: 6.5, behind: 0 }), 5);
  assert.equal(nextBehind({ own: 6.5, median: 6.4, behind: 5 }), null);
});

test("a picture is missed only by those who are there", () => {
  assert.deepEqual([0, 3].map(nobodyText), ["no viewers yet", "no picture yet"]);
});

test("the preview comes back to the edge when viewers do, and is never lost behind", () => {
  assert.equal(nextBehind({ own: 6.5, median: 2.0, behind: 5 }), 0);
  assert.equal(nextBehind({ own: 2.5, median: 90, behind: 0 }), 15);
  assert.equal(nextBehind({ own: 17, median: 90, behind: 15 }), null);
});

test("a machine that cannot keep up is left alone", () => {
  assert.equal(nextBehind({ own: 40, median: 5, behind: 0 }), null);
});

test("who is counted apart is said with the reason", () => {
  assert.equal(apartText({ no_picture: 2, crowded_address: 1 }), "2 never had the picture · 1 too many guests at one address");
  assert.equal(apartText({}), "Nobody");
});

test("talk and reactions are told in words", () => {
  assert.equal(talkText({ product_lines: 1, fan_lines: 5 }), "1 line about pieces, 5 about host and company");
  assert.equal(reactionsText({ heart: 12, spark: 0, flower: 3 }), "Heart 12 · Flower 3");
  assert.equal(reactionsText({}), "None");
});

test("a poll is asked with what was filled in", () => {
  assert.deepEqual(asked({ question: " Which? ", options: ["A", " B ", "", " "] }), { question: "Which?", options: ["A", "B"] });
});

test("the console's line counts votes while a poll is open", () => {
  const poll = { id: "p", counts: null };
  assert.deepEqual([lineText(null, []), lineText(poll, [2, 1]), lineText({ ...poll, counts: [2, 1] }, [2, 1])], ["Ask the room", "3 votes", "Ask the room"]);
});
