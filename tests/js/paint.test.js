/** Waiting for the first paint: what a page needs to be used comes after what it needs to be looked at. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { firstPaint } from "../../static/js/lib/paint.js";

/**
 * A browser that has painted, is hidden, or tells of neither.
 * @param {{ painted?: boolean, hidden?: boolean, tells?: boolean }} [state]
 */
function browser({ painted = false, hidden = false, tells = true } = {}) {
  /** @type {{ asked: object, heard: () => void }[]} */
  const watching = [];
  class PerformanceObserver {
    static supportedEntryTypes = tells ? ["paint"] : [];
    /** @param {() => void} heard */
    constructor(heard) {
      this.heard = heard;
    }
    /** @param {object} asked */
    observe(asked) {
      watching.push({ asked, heard: this.heard });
    }
  }
  Object.defineProperty(globalThis, "performance", { configurable: true, value: { getEntriesByType: () => (painted ? [{}] : []) } });
  Object.assign(globalThis, { document: { hidden }, PerformanceObserver });
  return watching;
}

/** @param {Promise<void>} promise */
async function settled(promise) {
  let done = false;
  promise.then(() => (done = true));
  await Promise.resolve();
  await Promise.resolve();
  return done;
}

/** @type {[string, { painted?: boolean, hidden?: boolean, tells?: boolean }][]} */
const AT_ONCE = [
  ["that is painted", { painted: true }],
  ["nobody looks at", { hidden: true }],
  ["whose browser does not tell", { tells: false }],
];

for (const [words, state] of AT_ONCE) {
  test(`a page ${words} waits for nothing`, async () => {
    assert.deepEqual(browser(state), []);
    assert.equal(await settled(firstPaint()), true);
  });
}

test("a page waits until it is painted, and hears of a paint that was a moment ago", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const watching = browser();
  const waiting = firstPaint();
  assert.equal(await settled(waiting), false);
  assert.deepEqual(watching.map(({ asked }) => asked), [{ type: "paint", buffered: true }]);
  watching[0]?.heard();
  assert.equal(await settled(waiting), true);
});

test("a page that is never painted works after a second", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  browser();
  const waiting = firstPaint();
  context.mock.timers.tick(999);
  assert.equal(await settled(waiting), false);
  context.mock.timers.tick(1);
  assert.equal(await settled(waiting), true);
});
