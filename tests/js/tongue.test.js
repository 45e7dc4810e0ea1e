import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { tongueOf } from "../../static/js/lib/tongue.js";

const cases = JSON.parse(readFileSync(new URL("../wire/tongues.json", import.meta.url), "utf8"));

for (const { text, page, lang } of cases) {
  test(`on a page in ${page}, “${text}” is read as ${lang || "the page"}`, () => {
    assert.equal(tongueOf(text, page) ?? "", lang);
  });
}
