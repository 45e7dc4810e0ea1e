import assert from "node:assert/strict";
import { test } from "node:test";

import { heldText } from "../../static/js/room/buy_view.js";
import { begun, offered } from "../../static/js/room/chat_mention.js";
import { mentionText } from "../../static/js/room/chat_lines.js";
import { APART_MS, Pace } from "../../static/js/room/chat_pace.js";
import { isEmojiAlone, isLong, isOneScript, linkOf, pieces, shortened } from "../../static/js/room/chat_text.js";
import { startsCalm } from "../../static/js/room/calm.js";
import { newsOf } from "../../static/js/room/news.js";
import { nextTab } from "../../static/js/room/tabs.js";
import { PAUSE_MS, throttled } from "../../static/js/room/voice.js";

const kinds = (/** @type {any[]} */ parts) => parts.map((part) => [part.kind, part.text]);

// --- The words of a line ----------------------------------------------------------------------------------------
test("addresses become links only for those who may", () => {
  const text = "see https://care.example.com/silk.";
  assert.deepEqual(kinds(pieces(text)), [["text", text]]);
  assert.deepEqual(pieces(text, { links: true }), [
    { kind: "text", text: "see " },
    { kind: "link", text: "care.example.com/silk", href: "https://care.example.com/silk" },
    { kind: "text", text: "." },
  ]);
});

test("only whole https addresses do", () => {
  for (const text of ["http://example.com", "example.com", "ftp://example.com", "javascript://x", "https://localhost", "https://"]) {
    assert.deepEqual(kinds(pieces(text, { links: true })), [["text", text]]);
  }
});

test("an address that shows another host than it opens stays words", () => {
  assert.equal(linkOf("https://brand.com@evil.example/"), null);
  assert.equal(linkOf("https://brand.com:pw@evil.example/"), null);
});

test("a host of look-alike letters shows what it is", () => {
  assert.equal(linkOf("https://аpple.com/")?.text, "xn--pple-43d.com");
  assert.equal(linkOf("https://münchen.example/")?.text, "münchen.example");
  assert.equal(linkOf("https://例子.example/")?.text, "例子.example");
  assert.equal(isOneScript("яндекс.рф"), true);
  assert.equal(isOneScript("яndex.ru"), false);
});

test("a long address is shown short, its host whole", () => {
  const shown = linkOf(`https://care.example.com/${"a".repeat(200)}`)?.text ?? "";
  assert.equal(shown.startsWith("care.example.com/aaa"), true);
  assert.equal(shown.length <= 41, true);
  const host = `${"long-".repeat(12)}shop.example`;
  assert.equal(linkOf(`https://${host}/x`)?.text, `${host}…`);
});

test("names that are mentioned are set apart, one's own marked", () => {
  const reading = { names: ["Maison Aurèle", "Wei"], me: "Wei" };
  assert.deepEqual(kinds(pieces("thanks @wei and @Maison Aurèle!", reading)), [
    ["text", "thanks "],
    ["me", "@wei"],
    ["text", " and "],
    ["at", "@Maison Aurèle"],
    ["text", "!"],
  ]);
  assert.deepEqual(kinds(pieces("@Nobody", reading)), [["text", "@Nobody"]]);
});

test("a letter whose lower case is longer moves no mark", () => {
  assert.deepEqual(kinds(pieces("İ @Wei", { names: ["Wei"] })), [["text", "İ @Wei"]]);
});

test("emoji are large when alone, three at most", () => {
  for (const text of ["❤️", "🧣🧣", "👨‍👩‍👧‍👦 🇫🇷 👍🏽", "1️⃣"]) assert.equal(isEmojiAlone(text), true, text);
  for (const text of ["❤️ lovely", "🧣🧣🧣🧣", "12", "", "...", "©2026"]) assert.equal(isEmojiAlone(text), false, text);
});

test("a long line is folded, a wide script's sooner", () => {
  assert.equal(isLong("a".repeat(281)), true);
  assert.equal(isLong("a".repeat(280)), false);
  assert.equal(isLong("丝".repeat(150)), true);
  assert.equal(isLong("丝".repeat(140)), false);
});

test("a quote ends between characters as people count them", () => {
  assert.equal(shortened("Is it silk?"), "Is it silk?");
  assert.equal(shortened("👨‍👩‍👧".repeat(4), 3), `${"👨‍👩‍👧".repeat(2)}…`);
});

// --- Naming people ----------------------------------------------------------------------------------------------
test("an at sign begins a name, inside an address it does not", () => {
  assert.equal(begun("thanks @We", 10), "We");
  assert.equal(begun("谢谢@小", 4), "小");
  assert.equal(begun("@Maison Au", 10), "Maison Au");
  assert.equal(begun("@", 1), "");
  assert.equal(begun("anna@ex", 7), null);
  assert.equal(begun("@ We", 4), null);
  assert.equal(begun("@We", 0), null);
});

test("people are offered by how their names go on, accents or not", () => {
  assert.deepEqual(offered(["Élise", "Elio", "Wei"], "el"), ["Élise", "Elio"]);
  assert.deepEqual(offered(["Élise"], "Élise"), []);
  assert.equal(offered(Array.from({ length: 20 }, (_, n) => `Guest ${n}`), "").length, 6);
});

test("being named is announced, one's own line and others' are not", () => {
  const you = { author: "me" };
  assert.equal(mentionText({ author: "a", name: "Élise", mentions: ["me"] }, you), "Élise mentioned you");
  assert.equal(mentionText({ author: "me", name: "I", mentions: ["me"] }, you), "");
  assert.equal(mentionText({ author: "a", name: "Élise", mentions: ["b"] }, you), "");
  assert.equal(mentionText({ author: "a", name: "Élise", mentions: [undefined] }, {}), "");
});

// --- Calm -------------------------------------------------------------------------------------------------------
test("calm starts as it was left, at first as the system asks", () => {
  assert.equal(startsCalm(null, true), true);
  assert.equal(startsCalm(null, false), false);
  assert.equal(startsCalm("0", true), false);
  assert.equal(startsCalm("1", false), true);
});

test("a calm hold says until when and counts nothing down", () => {
  const end = Date.now() + 249_000;
  assert.equal(heldText(end, "14:32", true), "Held for you until 14:32.");
  assert.match(heldText(end, "14:32", false), /^Held for you until 14:32 · 4:0\d$/);
});

test("a calm chat lets the host, oneself and calls to oneself through, and others now and then", () => {
  let now = 0;
  const pace = new Pace(() => now);
  const you = { author: "me" };
  const others = { author: "a", badge: "", mentions: [] };
  assert.equal(pace.lets(others, you), true);
  assert.equal(pace.lets(others, you), false);
  assert.equal(pace.lets({ ...others, badge: "host" }, you), true);
  assert.equal(pace.lets({ ...others, author: "me" }, you), true);
  assert.equal(pace.lets({ ...others, mentions: ["me"] }, you), true);
  now += APART_MS;
  assert.equal(pace.lets(others, you), true);
});

// --- The voice --------------------------------------------------------------------------------------------------
test("the voice pauses after a word, and of what came meanwhile says the latest", () => {
  /** @type {string[]} */
  const said = [];
  /** @type {(() => void)[]} */
  const timers = [];
  const say = throttled((text) => said.push(text), { later: (run, ms) => (assert.equal(ms, PAUSE_MS), timers.push(run)) });
  say("pin");
  say("mention one");
  say("mention two");
  say("");
  assert.deepEqual(said, ["pin"]);
  timers.shift()?.();
  assert.deepEqual(said, ["pin", "mention two"]);
  timers.shift()?.();
  say("late");
  assert.deepEqual(said, ["pin", "mention two", "late"]);
});

test("an answer to one's own question is news, to others' it is not", () => {
  const state = { questions: [{ id: "q", author: "me" }, { id: "r", author: "a" }] };
  const you = { author: "me" };
  const answered = (/** @type {any} */ over) => ({ type: "question.answered", id: "q", answer: null, on_air: null, ...over });
  assert.equal(newsOf(state, answered({ answer: { text: "By hand." } }), you), "Your question was answered: By hand.");
  assert.equal(newsOf(state, answered({ on_air: 5 }), you), "Your question is answered on air now.");
  assert.equal(newsOf(state, answered({ id: "r", on_air: 5 }), you), "");
  assert.equal(newsOf(state, { type: "chat.posted" }, you), "");
  assert.equal(newsOf(state, { type: "event.state", state: "live" }, you), "The show is live.");
});

test("arrow keys go round the tabs", () => {
  assert.equal(nextTab(0, 2, "ArrowRight"), 1);
  assert.equal(nextTab(1, 2, "ArrowRight"), 0);
  assert.equal(nextTab(0, 2, "ArrowLeft"), 1);
  assert.equal(nextTab(1, 3, "Home"), 0);
  assert.equal(nextTab(0, 3, "End"), 2);
  assert.equal(nextTab(1, 3, "x"), 1);
});
