import assert from "node:assert/strict";
import test from "node:test";

import { remaining, serverNow, syncClock, timerText, waitText } from "../../static/js/lib/clock.js";
import { ApiError, send } from "../../static/js/lib/http.js";
import { interpolate, t, tn, useCatalog } from "../../static/js/lib/i18n.js";
import { decimal, formatMoney } from "../../static/js/lib/money.js";

test("minor units become exact decimal text", () => {
  assert.equal(decimal(125000, 2), "1250.00");
  assert.equal(decimal(5, 2), "0.05");
  assert.equal(decimal(-5, 2), "-0.05");
  assert.equal(decimal(129900, 0), "129900");
  assert.equal(decimal(1, 3), "0.001");
});

test("money reads as the language writes it", () => {
  assert.equal(formatMoney(125000, "EUR", "en"), "€1,250.00");
  assert.equal(formatMoney(12800, "JPY", "en"), "¥12,800");
  assert.equal(formatMoney(125000, "EUR", "zh-Hans"), "€1,250.00");
  assert.equal(formatMoney(9007199254740991, "EUR", "en"), "€90,071,992,547,409.91");
});

test("a float is not money", () => {
  assert.throws(() => formatMoney(12.5, "EUR", "en"), RangeError);
});

test("the shortest round trip sets the clock", () => {
  const there = Date.now() + 60_000;
  syncClock(there, 40);
  syncClock(there + 9_000_000, 900);
  assert.ok(Math.abs(serverNow() - there - 20) < 500);
});

test("a wait is counted in whole units and never below nothing", () => {
  const now = Date.UTC(2026, 10, 21, 20, 0, 0);
  assert.deepEqual(remaining(now + 90_061_000, now), { days: 1, hours: 1, minutes: 1, seconds: 1 });
  assert.deepEqual(remaining(now - 1, now), { days: 0, hours: 0, minutes: 0, seconds: 0 });
});

test("a timer reads as minutes and seconds, with hours when there are some", () => {
  assert.equal(timerText(249_000, 0), "4:09");
  assert.equal(timerText(3_849_000, 0), "1:04:09");
  assert.equal(timerText(0, 5_000), "0:00");
});

test("a wait in words names two units at most", () => {
  useCatalog({});
  assert.equal(waitText(((3 * 24 + 4) * 60 + 7) * 60_000, 0), "In 3 days and 4 hours");
  assert.equal(waitText(60_000, 0), "In 1 minute");
  assert.equal(waitText(20_000, 0), "In a moment");
});

test("a text without translation stands in English, with its places filled", () => {
  useCatalog({ Buy: "购买", "%(n)s piece": ["%(n)s 件"] });
  assert.equal(t("Buy"), "购买");
  assert.equal(t("Held until %(time)s", { time: "20:14" }), "Held until 20:14");
  assert.equal(interpolate("%(unknown)s", {}), "%(unknown)s");
});

test("plurals follow the language of the text that is shown", () => {
  useCatalog({ "%(n)s piece": ["%(n)s 件"], "%(n)s day": ["%(n)s день", "%(n)s дня", "%(n)s дней"] });
  assert.equal(tn("%(n)s piece", "%(n)s pieces", 3, {}, "zh-Hans"), "3 件");
  assert.equal(tn("%(n)s day", "%(n)s days", 22, {}, "ru"), "22 дня");
  assert.equal(tn("%(n)s day", "%(n)s days", 5, {}, "ru"), "5 дней");
  assert.equal(tn("%(n)s left", "%(n)s left", 1, {}, "zh-Hans"), "1 left");
  useCatalog({});
  assert.equal(tn("%(n)s hour", "%(n)s hours", 1), "1 hour");
  assert.equal(tn("%(n)s hour", "%(n)s hours", 1200), "1,200 hours");
});

/**
 * Answer the next requests from a table instead of the network; remembers what was asked.
 * @param {import("node:test").TestContext} context
 * @param {() => Response} answer
 */
function serve(context, answer) {
  /** @type {{ url: string, request: RequestInit }[]} */
  const asked = [];
  Object.assign(globalThis, { document: { querySelector: () => ({ getAttribute: () => "token-1" }) } });
  context.mock.method(globalThis, "fetch", async (/** @type {string} */ url, /** @type {RequestInit} */ request) => {
    asked.push({ url, request });
    return answer();
  });
  context.after(() => Reflect.deleteProperty(globalThis, "document"));
  return asked;
}

test("a write carries the CSRF token and its idempotency key", async (context) => {
  const asked = serve(context, () => Response.json({ id: "o1" }));
  assert.deepEqual(await send("POST", "/api/v1/checkout/", { item: 1 }, { key: "k-1" }), { id: "o1" });
  const headers = new Headers(asked[0]?.request.headers);
  assert.equal(headers.get("X-CSRFToken"), "token-1");
  assert.equal(headers.get("Idempotency-Key"), "k-1");
  assert.equal(asked[0]?.request.body, '{"item":1}');
});

test("a refusal is told by its code, message and fields", async (context) => {
  const body = { error: { code: "sold_out", message: "This piece is gone.", fields: { quantity: ["None left."] } } };
  serve(context, () => Response.json(body, { status: 409 }));
  const refusal = { name: "ApiError", status: 409, code: "sold_out", message: "This piece is gone.", fields: { quantity: ["None left."] } };
  await assert.rejects(send("POST", "/api/v1/bag/"), refusal);
});

test("an empty answer is null, and an answer without JSON is still an error", async (context) => {
  serve(context, () => new Response(null, { status: 204 }));
  assert.equal(await send("DELETE", "/api/v1/bag/"), null);
  context.mock.method(globalThis, "fetch", async () => new Response("<html>", { status: 502 }));
  await assert.rejects(send("GET", "/"), (error) => error instanceof ApiError && error.code === "unknown" && error.status === 502);
});

test("no connection is an error of its own", async (context) => {
  serve(context, () => {
    throw new TypeError("failed");
  });
  await assert.rejects(send("GET", "/"), { code: "network", status: 0 });
});
