import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, exchange } from "../../static/js/studio/new_show.js";

test("another brand is asked for with its day, or with none", () => {
  assert.equal(addressOf("qixi.CN.2027-08-08", "maison"), "?holiday=qixi.CN.2027-08-08&brand=maison");
  assert.equal(addressOf("", "maison"), "?holiday=none&brand=maison");
});

test("what depends on the brand is exchanged and the plan looked at again", () => {
  /** @type {unknown[]} */
  const put = [];
  /** @type {string[]} */
  const asked = [];
  const form = /** @type {HTMLFormElement} */ (/** @type {unknown} */ ({
    querySelector: (/** @type {string} */ part) => ({
      replaceWith: (/** @type {unknown} */ fresh) => put.push([part, fresh]),
    }),
    dispatchEvent: (/** @type {Event} */ event) => asked.push(event.type),
  }));
  const page = /** @type {ParentNode} */ (/** @type {unknown} */ ({
    querySelector: (/** @type {string} */ part) => (part === "form .candidates" ? "hosts" : null),
  }));
  exchange(form, page);
  assert.deepEqual(put, [[".candidates", "hosts"]]);
  assert.deepEqual(asked, ["input"]);
});
