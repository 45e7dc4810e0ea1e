import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** @type {Record<string, (event: any) => void>} */
const heard = {};
/** @type {any[]} */
let shown = [];
/** @type {string[]} */
let opened = [];
/** @type {{ url: string, focus: () => string }[]} */
let pages = [];
/** @type {any} */ (globalThis).self = {
  location: { origin: "https://shop.example" },
  registration: { showNotification: (/** @type {any[]} */ ...given) => shown.push(given) },
  clients: {
    matchAll: async () => pages,
    openWindow: (/** @type {string} */ url) => opened.push(url),
  },
  addEventListener: (/** @type {string} */ name, /** @type {any} */ listener) => (heard[name] = listener),
};
// A classic script, as workers are; the checker knows only modules.
const script = "../../static/js/push/worker.js";
await import(script);

/**
 * @param {string} name
 * @param {any} event
 */
async function happens(name, event) {
  let done = Promise.resolve();
  heard[name]?.({ ...event, waitUntil: (/** @type {Promise<void>} */ work) => (done = work) });
  await done;
}

/** @param {string} url */
function click(url) {
  return happens("notificationclick", { notification: { close() {}, data: { url } } });
}

beforeEach(() => {
  shown = [];
  opened = [];
  pages = [];
});

test("a message is shown as it was written", async () => {
  const message = { title: "In one hour: Silk", body: "It begins at eight.", url: "/events/silk/", tag: "show-1" };
  await happens("push", { data: { json: () => message } });
  assert.deepEqual(shown, [["In one hour: Silk", { body: "It begins at eight.", tag: "show-1", icon: "/icons/icon-192.png", data: { url: "/events/silk/" } }]]);
});

test("a message nobody can read still says whose it is", async () => {
  await happens("push", { data: null });
  assert.deepEqual(shown, [["SeeNow", { body: "", tag: "", icon: "/icons/icon-192.png", data: { url: "/" } }]]);
});

test("a tap opens the show, or comes back to the page that shows it", async () => {
  await click("/events/silk/");
  assert.deepEqual(opened, ["https://shop.example/events/silk/"]);
  let focused = 0;
  pages = [{ url: "https://shop.example/events/silk/#remind", focus: () => String((focused += 1)) }];
  await click("/events/silk/");
  assert.deepEqual([opened.length, focused], [1, 1]);
});

test("a tap leads nowhere else", async () => {
  await click("https://evil.example/");
  await click("//evil.example/");
  assert.deepEqual(opened, []);
});
