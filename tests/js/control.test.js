import assert from "node:assert/strict";
import { test } from "node:test";
import { barsOf, latelyText } from "../../static/js/control/orders.js";
import { changes } from "../../static/js/control/problems.js";

const BOX = { width: 300, height: 48 };
/** @param {string} code */
const problem = (code, urgent = false) => ({ code, title: code, todo: "", href: "/", urgent });

test("each bar is as high as its number says, and a minute without orders has none", () => {
  const bars = barsOf([0, 1, 4, 2], BOX);
  assert.deepEqual(bars.map((bar) => bar.height), [12, 48, 24]);
  assert.deepEqual(bars.map((bar) => bar.x), [75, 150, 225]);
  assert.deepEqual(bars.map((bar) => bar.y + bar.height), [48, 48, 48]);
});

test("no orders at all draw nothing and divide by nothing", () => {
  assert.deepEqual(barsOf([0, 0, 0], BOX), []);
  assert.deepEqual(barsOf([], BOX), []);
});

test("the same is said in words", () => {
  assert.equal(latelyText({ lately: 1, span: 30 }), "1 order in the last 30 minutes");
  assert.equal(latelyText({ lately: 12, span: 30 }), "12 orders in the last 30 minutes");
});

test("a list of problems changes only where something came or went", () => {
  const { gone, fresh } = changes(["worker", "mail"], [problem("mail"), problem("feed_lost", true)]);
  assert.deepEqual(gone, ["worker"]);
  assert.deepEqual(fresh.map((one) => one.code), ["feed_lost"]);
});
