import assert from "node:assert/strict";
import { test } from "node:test";

import { nextTurn, windowOf, windowText } from "../../static/js/room/window.js";

const OPENS = Date.parse("2027-08-01T02:00:00Z");
const CLOSES = Date.parse("2027-08-08T16:00:00Z");
const edition = { opens_at: "2027-08-01T02:00:00Z", closes_at: "2027-08-08T16:00:00Z" };

test("a piece is sold from the first moment of its days to the last", () => {
  const at = [OPENS - 1, OPENS, CLOSES - 1, CLOSES].map((now) => windowOf(edition, now));
  assert.deepEqual(at, ["before", "", "", "after"]);
});

test("a piece without days is sold always, and so is one of an older room", () => {
  assert.deepEqual([windowOf({ opens_at: null, closes_at: null }, OPENS), windowOf({}, OPENS)], ["", ""]);
});

test("before its days it says when it opens, after them that it is closed", () => {
  assert.match(windowText(edition, OPENS - 1), /^Opens .*Aug/);
  assert.deepEqual([windowText(edition, OPENS), windowText(edition, CLOSES)], ["", "Closed"]);
});

test("the next turn is the soonest moment still to come", () => {
  const cards = [edition, { opens_at: null, closes_at: "2027-08-05T00:00:00Z" }, {}];
  const turns = [OPENS - 1, OPENS, CLOSES - 1, CLOSES].map((now) => nextTurn(cards, now));
  assert.deepEqual(turns, [OPENS, Date.parse("2027-08-05T00:00:00Z"), CLOSES, null]);
});
