import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { barsOf, peak, talkText } from "../../static/js/host/talk_chart.js";
import { ALIKE, likest, shingles, similarity } from "../../static/js/room/questions_alike.js";
import { grouped, isOfLane, Lane, news, openOnes, productOrder, sorted } from "../../static/js/room/questions_lane.js";
import { createStore } from "../../static/js/room/store.js";

const golden = JSON.parse(readFileSync(new URL("../wire/alike.json", import.meta.url), "utf8"));

/** @param {string} id */
const card = (id, over = {}) => ({ id, product: "p1", name: "Mina", author: `a-${id}`, text: "Is it lined?", rehearsal: false, at: 1, votes: 1, state: "open", answer: null, on_air: null, ...over });
/** @param {any[]} questions */
const room = (questions, over = {}) => ({ epoch: "e", head: 0, pins: [], lineup: [], products: {}, questions, ...over });
const lane = (/** @type {any[]} */ questions = [], /** @type {any} */ you = {}) => {
  const store = createStore(/** @type {any} */ (room(questions)));
  return { store, lane: new Lane({ store, you: () => you }) };
};
const ids = (/** @type {any[]} */ cards) => cards.map((one) => one.id);

// --- Questions that ask the same ---------------------------------------------------------------------------
test("the stored pairs are told apart as on the server", () => {
  const found = (/** @type {[string, string][]} */ pairs) => pairs.filter(([a, b]) => similarity(a, b) >= ALIKE).length;
  assert.deepEqual([found(golden.same), golden.same.length], [24, 24]);
  assert.deepEqual([found(golden.different), golden.different.length], [2, 24]);
});

test("the likest come first, and at most three", () => {
  const texts = ["Is the lining leather?", "How heavy is it?", "Is the lining goat leather?", "Leather lining?", "lining of leather"];
  const found = likest("Is the lining leather?", /** @type {any[]} */ (texts.map((text, at) => card(String(at), { text }))));
  assert.equal(found.length, 3);
  assert.equal(found[0]?.id, "0");
  assert.deepEqual(likest("", /** @type {any[]} */ ([card("a")])), []);
});

test("words of nothing but fillers are compared all the same", () => {
  assert.ok(shingles("is it?").size > 0);
  assert.equal(similarity("is it?", "is it?"), 1);
});

// --- The lane ----------------------------------------------------------------------------------------------
test("the store's word is newer than the server's list, and what was removed is gone", () => {
  const { lane: mine } = lane([card("a", { votes: 3 }), card("b", { state: "removed" })]);
  mine.take([{ ...card("a", { votes: 2 }), mine: false, raised: true }, { ...card("c"), mine: true, raised: true }]);
  assert.deepEqual(mine.cards().map((one) => [one.id, one.votes, one.mine, one.raised]), [["c", 1, true, true], ["a", 3, false, true]]);
});

test("one's own are known by the author the server names", () => {
  const { lane: mine } = lane([card("a"), card("b")], { author: "a-b" });
  assert.deepEqual(mine.cards().map((one) => one.mine), [false, true]);
  assert.deepEqual(lane([card("a", { author: "" })], { author: "" }).lane.cards().map((one) => one.mine), [false]);
});

test("a hand goes up at once and comes down when it was refused", () => {
  const { lane: mine } = lane([card("a", { votes: 4 })]);
  const first = mine.cards()[0];
  mine.hand(/** @type {any} */ (first), true);
  assert.deepEqual(mine.cards().map((one) => [one.votes, one.raised]), [[5, true]]);
  mine.hand(/** @type {any} */ (first), false);
  assert.deepEqual(mine.cards().map((one) => [one.votes, one.raised]), [[4, false]]);
});

test("frames bring up to date what only the server listed", () => {
  const { store, lane: mine } = lane();
  mine.take([{ ...card("old"), mine: true, raised: true }, { ...card("bad"), mine: false, raised: false }]);
  const frames = [
    { type: "question.raised", id: "old", votes: 7 },
    { type: "question.answered", id: "old", answer: { text: "Goat." }, on_air: null },
    { type: "question.removed", id: "bad" },
  ];
  frames.forEach((frame, at) => store.dispatch({ ...frame, epoch: "e", seq: at + 1, at: 1 }));
  assert.deepEqual(mine.cards().map((one) => [one.id, one.votes, one.state, one["answer"].text]), [["old", 7, "answered", "Goat."]]);
});

test("a fresh snapshot forgets the list, for a rehearsal's questions are gone", () => {
  const { store, lane: mine } = lane();
  mine.take([{ ...card("old"), mine: true, raised: true }]);
  store.dispatch({ type: "hello", recovered: false, frames: [], snapshot: room([card("new")]) });
  assert.deepEqual(ids(mine.cards()), ["new"]);
});

test("what an act made of a question keeps whose it is", () => {
  const { lane: mine } = lane();
  mine.take([{ ...card("a"), mine: true, raised: true }]);
  mine.replace(card("a", { state: "answered" }));
  assert.deepEqual(mine.cards().map((one) => [one.state, one.mine]), [["answered", true]]);
});

test("what waits comes first, then the most wanted, then the last answered", () => {
  const cards = [card("answered", { state: "answered", at: 2 }), card("few"), card("later", { state: "answered", at: 9 }), card("many", { votes: 9 }), card("held", { state: "held" })];
  assert.deepEqual(ids(sorted(/** @type {any} */ (cards))), ["held", "many", "few", "later", "answered"]);
  assert.deepEqual(ids(openOnes(/** @type {any} */ (cards), "p1")), ["few", "many"]);
  assert.deepEqual(openOnes(/** @type {any} */ (cards), "p2"), []);
});

test("the piece on the stage leads, the newest pin first", () => {
  const state = { pins: [{ product: "p2" }, { product: "p3" }], lineup: [{ product: "p1" }, { product: "p2" }, { product: "p3" }] };
  assert.deepEqual(productOrder(state), ["p3", "p2", "p1"]);
  const groups = grouped(/** @type {any} */ ([card("a"), card("b", { product: "p3" }), card("c", { product: "gone" })]), productOrder(state));
  assert.deepEqual(groups.map(({ product }) => product), ["p3", "p1", "gone"]);
});

test("new questions are counted, not put between those that stand there", () => {
  const { fresh, gone } = news(["a", "x"], /** @type {any} */ ([card("new", { votes: 99 }), card("a")]));
  assert.deepEqual([ids(fresh), gone], [["new"], ["x"]]);
});

test("a chat line is nothing to the lane", () => {
  assert.deepEqual(["chat.posted", "question.raised", "hello", "lineup.changed"].map((type) => isOfLane({ type })), [false, true, true, true]);
});

// --- The chart ---------------------------------------------------------------------------------------------
const minute = (product = 0, fan = 0, crowdProduct = 0, crowdFan = 0) => ({ at: 0, product, fan, crowd_product: crowdProduct, crowd_fan: crowdFan });

test("bars stand on each other and are as high as their numbers", () => {
  const bars = barsOf([minute(3, 1), minute(), minute(0, 2)], { width: 30, height: 40 });
  assert.deepEqual(bars, [
    { kind: "product", x: 0, y: 10, width: 9, height: 30 },
    { kind: "fan", x: 0, y: 0, width: 9, height: 10 },
    { kind: "fan", x: 20, y: 20, width: 9, height: 20 },
  ]);
  assert.equal(peak([minute()]), 1);
});

test("the figures are told in words, the crowd apart", () => {
  const words = (/** @type {any[]} */ minutes) => {
    const sum = (/** @type {string} */ name) => minutes.reduce((all, one) => all + one[name], 0);
    return talkText({ minutes, product: sum("product"), fan: sum("fan"), crowd_product: sum("crowd_product"), crowd_fan: sum("crowd_fan") });
  };
  assert.equal(words([minute()]), "Nobody in the audience has written in the last hour.");
  assert.equal(words([minute(3, 1), minute(0, 2)]), "Last hour: 3 lines about the pieces, 3 others. 50 % are about the pieces, 4 lines in the busiest minute.");
  assert.equal(words([minute(0, 0, 1, 2)]), "Nobody in the audience has written in the last hour. The rehearsal crowd, apart: 1 line about the pieces, 2 others.");
});
