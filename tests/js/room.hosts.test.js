import assert from "node:assert/strict";
import { test } from "node:test";

import { hostNews } from "../../static/js/room/hosts.js";

const camille = { slug: "camille", name: "Camille" };
const lin = { slug: "lin", name: "Lin Yue" };

test("whoever takes over is named, whoever stays is not", () => {
  assert.equal(hostNews([camille], [lin]), "Lin Yue hosts now.");
  assert.equal(hostNews([camille], [camille, lin]), "Lin Yue hosts now.");
  assert.equal(hostNews([camille, lin], [lin]), "");
});
