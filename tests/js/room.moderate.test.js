import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { shortText } from "../../static/js/room/line_menu.js";
import { actsOf, isLead, lengthText, mayModerate, Moderator, sanctionText } from "../../static/js/room/moderate.js";

const line = { id: "l1", author: "a1", name: "Mina", badge: "" };

/** @type {any} */
let world;

beforeEach(() => {
  world = { asked: [], told: [], changes: 0, refuses: "" };
  world.moderator = new Moderator("show", {
    request: async (/** @type {string} */ method, /** @type {string} */ url, /** @type {any} */ body) => {
      world.asked.push([method, url.replace("/api/v1/rooms/show/", ""), body]);
      if (world.refuses && url.includes(world.refuses)) throw Object.assign(new Error("No."), { code: "forbidden" });
      return { act: { id: `act${world.asked.length}`, verb: "delete" } };
    },
    tell: (/** @type {string} */ text, /** @type {any} */ options = {}) => void world.told.push({ text, ...options }),
    changed: () => void (world.changes += 1),
  });
});

test("a moderator acts on guests and viewers, never on people at work or on themselves", () => {
  const you = { grade: "moderator", author: "me" };
  assert.equal(mayModerate(you, line), true);
  assert.equal(mayModerate(you, { ...line, badge: "host" }), false);
  assert.equal(mayModerate(you, { ...line, author: "me" }), false);
  assert.equal(mayModerate({ grade: "", author: "me" }, line), false);
});

test("hiding and banning belong to leads", () => {
  assert.deepEqual([isLead({ grade: "lead" }), isLead({ grade: "moderator" })], [true, false]);
});

test("removing a line asks once and offers to undo", async () => {
  assert.equal(await world.moderator.remove(line, "Advertising"), true);
  assert.deepEqual(world.asked, [["DELETE", "messages/l1/", { reason: "Advertising" }]]);
  assert.equal(world.told[0].text, "The line is gone.");
  assert.equal(world.told[0].act.label, "Undo");
  assert.equal(world.changes, 1);
});

test("a wave is silenced first and cleared then", async () => {
  await world.moderator.wave(line);
  assert.deepEqual(
    world.asked.map((/** @type {any} */ [method, path]) => [method, path]),
    [["POST", "authors/a1/sanctions/"], ["POST", "authors/a1/clear/"]],
  );
  assert.deepEqual(world.asked[0][2], { kind: "timeout", seconds: 300, scope: "event", reason: "" });
});

test("one undo takes back both halves of a wave, the last one first", async () => {
  await world.moderator.wave(line);
  await world.told[0].act.run();
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(world.asked.slice(2).map((/** @type {any} */ [, path]) => path), ["acts/act2/undo/", "acts/act1/undo/"]);
  assert.equal(world.told.at(-1).text, "Undone.");
});

test("what was done before a refusal can still be undone", async () => {
  world.refuses = "clear";
  assert.equal(await world.moderator.wave(line), false);
  assert.deepEqual([world.told[0].text, world.told[0].tone], ["No.", "error"]);
  assert.deepEqual([world.told[1].text, Boolean(world.told[1].act)], ["Not all of it was done.", true]);
});

test("a refused act says so and offers nothing", async () => {
  world.refuses = "messages";
  assert.equal(await world.moderator.remove(line), false);
  assert.deepEqual(world.told, [{ text: "No.", tone: "error" }]);
});

test("a decision about a waiting line carries its reason", async () => {
  await world.moderator.decide(line, false, "Not here");
  assert.deepEqual(world.asked, [["POST", "messages/l1/decide/", { approve: false, reason: "Not here" }]]);
});

test("lifting a sanction asks for it by its id", async () => {
  await world.moderator.lift({ id: "s1", name: "Mina" });
  assert.deepEqual(world.asked, [["DELETE", "sanctions/s1/", undefined]]);
});

test("acts with a way back are read from an answer; nothing done names none", () => {
  const found = [{ act: { id: "y", verb: "clear" } }, { act: { id: "z", verb: "undo" } }, { act: null }, null].map(actsOf);
  assert.deepEqual(found, [["y"], [], [], []]);
});

test("lengths are said in their largest unit", () => {
  assert.deepEqual([10, 60, 300, 1800, 86_400].map(lengthText), ["10 seconds", "1 minute", "5 minutes", "30 minutes", "24 hours"]);
  assert.deepEqual([10, 60, 300, 1800, 86_400].map(shortText), ["10 s", "1 min", "5 min", "30 min", "24 h"]);
});

test("what was done is said back by its kind and reach", () => {
  assert.equal(sanctionText("Mina", { kind: "timeout", seconds: 60, scope: "event" }), "Mina may write again in 1 minute.");
  assert.equal(sanctionText("Mina", { kind: "hide", scope: "event" }), "Only Mina sees what Mina writes from now on.");
  assert.equal(sanctionText("Mina", { kind: "ban", scope: "event" }), "Mina may not write in this show.");
  assert.equal(sanctionText("Mina", { kind: "ban", scope: "brand" }), "Mina may not write in any room of the maison.");
});
