import assert from "node:assert/strict";
import { test } from "node:test";

import { freeOf, lagText, leftOf, nextStep, readSales } from "../../static/js/host/numbers.js";

const product = { variants: [{ free: 2 }, { free: 5 }] };

test("what is left is counted over all variants of the line-up", () => {
  assert.equal(freeOf(product), 7);
  assert.equal(freeOf(undefined), 0);
  assert.equal(leftOf({ lineup: [{ product: "a" }, { product: "b" }], products: { a: product, b: product } }), 14);
});

test("sales are read as far as they are given", () => {
  const answer = { total: { net: { amount: 12500, currency: "EUR" }, pieces: 3 }, shelf: { held: 2, left: 9 } };
  assert.deepEqual(readSales(answer), { sold: 3, held: 2, amount: 12500, currency: "EUR" });
  assert.deepEqual(readSales({ total: { net: 0, currency: "JPY", pieces: 0 } }), { sold: 0, held: null, amount: 0, currency: "JPY" });
  assert.deepEqual(readSales({}), { sold: null, held: null, amount: null, currency: "" });
});

test("a host goes from rehearsal to live to the end, and no further", () => {
  assert.deepEqual(["draft", "scheduled", "rehearsal", "live", "ended"].map(nextStep), [null, "rehearsal", "live", "ended", null]);
});

test("the lag reads to a tenth while it is small", () => {
  assert.deepEqual([-0.04, 1.26, 9.96, 14.4].map(lagText), ["0.0", "1.3", "10.0", "14"]);
});
