import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { sumsText } from "../../static/js/host/run.js";
import { expected } from "../../static/js/room/forecast.js";
import { lineText, linesOf, shiftText, yours } from "../../static/js/room/programme.js";
import { asBody, fits, laid, movedPiece, movedSegment, placed } from "../../static/js/studio/plan.js";

const cases = JSON.parse(readFileSync(new URL("../wire/forecast.json", import.meta.url), "utf8"));

for (const { name, slots, starts_at: startsAt, now, over, expected: wanted } of cases) {
  test(`forecast: ${name}`, () => {
    assert.deepEqual(expected(slots, { startsAt, now, over }), wanted);
  });
}

const START = Date.UTC(2026, 10, 11, 18);
const MINUTE = 60_000;
const row = (/** @type {string} */ brand, /** @type {number} */ minute, over = {}) => ({
  id: `s-${brand}`, title: `Of ${brand}`, brand, brand_name: brand.toUpperCase(), hosts: [], second: minute * 60, seconds: 1800,
  started_at: null, ended_at: null, ...over,
});
const plan = (/** @type {any[]} */ ...rows) => ({ rows, startsAt: START, zone: "Europe/Paris", over: false });
const marathon = plan(row("aurele", 0, { started_at: START }), row("hanami", 30), row("sorrel", 60), row("hanami", 90));

test("the brand one waits for is told when it comes, and moves while another overruns", () => {
  assert.equal(yours(linesOf(marathon, START + 10 * MINUTE), "hanami")?.starts_at, START + 30 * MINUTE);
  assert.equal(yours(linesOf(marathon, START + 41 * MINUTE), "hanami")?.starts_at, START + 41 * MINUTE);
  assert.equal(yours(linesOf(marathon, START), "nobody"), undefined);
  assert.equal(yours(linesOf(marathon, START + MINUTE), "aurele")?.stand, "now");
});

test("a brand that has been on is told of its next time, not of its last", () => {
  const later = plan(row("hanami", 0, { started_at: START, ended_at: START + 30 * MINUTE }), row("aurele", 30, { started_at: START + 30 * MINUTE }), row("hanami", 60));
  assert.equal(yours(linesOf(later, START + 31 * MINUTE), "hanami")?.starts_at, START + 60 * MINUTE);
});

test("one line says what is on and what comes next", () => {
  const words = lineText(linesOf(marathon, START + 10 * MINUTE));
  assert.equal(words.startsWith("Now AURELE · next HANAMI at "), true);
  assert.equal(lineText([]), "");
});

test("only segments to come are said to be late or early", () => {
  const lines = linesOf(marathon, START + 38 * MINUTE);
  assert.deepEqual(lines.map(shiftText), ["", "8 minutes later than planned", "8 minutes later than planned", "8 minutes later than planned"]);
  assert.equal(shiftText(/** @type {any} */ ({ stand: "next", late: -5 * MINUTE })), "earlier than planned");
});

test("the host reads minutes left, then minutes over", () => {
  const [line] = linesOf(marathon, START);
  assert.equal(sumsText(/** @type {any} */ (line), START + 12 * MINUTE), "12 of 30 min · 18 minutes left");
  assert.equal(sumsText(/** @type {any} */ (line), START + 33 * MINUTE), "33 of 30 min · 3 minutes over");
});

// --- The editor's order -----------------------------------------------------------------------------------
const piece = (/** @type {string} */ id, brand = id[0] ?? "") => ({ id, brand });
const show = () => [
  { segment: "A", brand: "a", fixed: true, items: [piece("a1"), piece("a2")] },
  { segment: "B", brand: "b", fixed: false, items: [piece("b1")] },
  { segment: "C", brand: "a", fixed: false, items: [] },
  { segment: "", brand: "", fixed: false, items: [piece("b9")] },
];
const told = (/** @type {any[]} */ parts) => asBody(parts).map(({ segment, items }) => `${segment}:${items.join()}`);

test("a piece moves within its segment, then on into the next of its own brand", () => {
  assert.deepEqual(told(movedPiece(show(), "a1", 1)), ["A:a2,a1", "B:b1", "C:", ":b9"]);
  assert.deepEqual(told(movedPiece(show(), "a2", 1)), ["A:a1", "B:b1", "C:a2", ":b9"]);
  assert.deepEqual(told(movedPiece(show(), "b9", -1)), ["A:a1,a2", "B:b1,b9", "C:", ":"]);
  assert.deepEqual(told(movedPiece(show(), "a1", -1)), told(show()));
});

test("a piece is never laid into another brand's segment", () => {
  assert.deepEqual(told(placed(show(), "b1", "A", 0)), told(show()));
  assert.deepEqual(told(placed(show(), "b1", "", 0)), ["A:a1,a2", "B:", "C:", ":b1,b9"]);
  assert.equal(fits(/** @type {any} */ (show()[0]), piece("b1")), false);
});

test("what has begun keeps its place, and nothing is laid before it", () => {
  assert.deepEqual(told(movedSegment(show(), "A", 1)), told(show()));
  assert.deepEqual(told(laid(show(), "C", 0)), ["A:a1,a2", "C:", "B:b1", ":b9"]);
  assert.deepEqual(told(movedSegment(show(), "B", 1)), ["A:a1,a2", "C:", "B:b1", ":b9"]);
  assert.deepEqual(told(movedSegment(show(), "C", 1)), told(show()));
});
