import assert from "node:assert/strict";
import { test } from "node:test";

import { connectionText } from "../../static/js/room/main.js";
import { refusal, badgeText } from "../../static/js/room/chat.js";
import { left, priceText, revealed, stockText } from "../../static/js/room/pins.js";
import { presenceText, showPresence } from "../../static/js/room/presence.js";

const pins = [
  { id: "a", at: 1000 },
  { id: "b", at: 2000 },
];
const ids = (/** @type {any[]} */ found) => found.map((pin) => pin.id);

test("a pin shows when the viewer's own picture reaches its moment, not before", () => {
  assert.deepEqual(ids(revealed(pins, { moving: true, date: 999 }, new Set())), []);
  assert.deepEqual(ids(revealed(pins, { moving: true, date: 1000 }, new Set())), ["a"]);
  assert.deepEqual(ids(revealed(pins, { moving: true, date: 2500 }, new Set())), ["a", "b"]);
});

test("without a moving picture there is nothing to wait for", () => {
  assert.deepEqual(ids(revealed(pins, { moving: false, date: null }, new Set())), ["a", "b"]);
});

test("a pin that was shown stays when the picture jumps back", () => {
  assert.deepEqual(ids(revealed(pins, { moving: true, date: 500 }, new Set(["a"]))), ["a"]);
});

const card = (/** @type {any[]} */ ...variants) => ({ variants });
const variant = (/** @type {number} */ amount, free = 1) => ({ amount, free, currency: "EUR" });

test("prices and pieces are those of all variants", () => {
  assert.equal(priceText(card(variant(125000), variant(125000))), "€1,250.00");
  assert.equal(priceText(card(variant(9900), variant(12500))), "from €99.00");
  assert.equal(priceText(card()), "");
  assert.equal(left(card(variant(1, 2), variant(1, 3))), 5);
});

test("only a few pieces are counted aloud", () => {
  assert.deepEqual([0, 3, 9, 10].map(stockText), ["Gone", "3 left", "9 left", ""]);
});

test("the crowd is never among the people", () => {
  assert.equal(presenceText({ viewers: 12, rehearsal: 0 }), "12 watching");
  assert.equal(presenceText({ viewers: 12, rehearsal: 5 }), "12 watching, 5 in rehearsal");
});

test("as long as nobody was counted nothing is said", () => {
  const place = {
    textContent: "",
    unsaid: false,
    toggleAttribute: (/** @type {string} */ _name, /** @type {boolean} */ on) => (place.unsaid = on),
  };
  const root = /** @type {any} */ ({ querySelector: () => place });
  let heard = () => {};
  const store = /** @type {any} */ ({
    state: { presence: { viewers: 0, rehearsal: 6 } },
    subscribe: (/** @type {() => void} */ listener) => (heard = listener),
  });
  showPresence(root, store);
  assert.equal(place.unsaid, true);
  store.state = { presence: { viewers: 1, rehearsal: 6 } };
  heard();
  assert.deepEqual([place.unsaid, place.textContent], [false, "1 watching, 6 in rehearsal"]);
});

test("refusals and the state of the line are told in words", () => {
  assert.equal(refusal("too_fast"), "You write faster than people read. Wait a moment.");
  assert.equal(refusal("another"), "Not sent.");
  assert.deepEqual(["host", "staff", "moderator"].map(badgeText), ["Host", "Maison", "Moderator"]);
  assert.equal(connectionText("offline"), "You are offline. The room catches up when you are back.");
  assert.notEqual(connectionText("closed"), connectionText("waiting"));
});
