import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { beforeEach, test } from "node:test";

const SHOP = "https://shop.example";
/** @type {Record<string, (event: any) => void>} */
const heard = {};
/** @type {Map<string, Map<string, Response>>} */
const kept = new Map();
/** @type {{ address: string, options: any }[]} */
let asked = [];
let online = true;

/** @param {any} request */
const addressOf = (request) => new URL(typeof request === "string" ? request : request.url, SHOP).href;

/** @param {Map<string, Response>} rows */
function cacheOf(rows) {
  return {
    match: async (/** @type {any} */ request) => rows.get(addressOf(request))?.clone(),
    put: async (/** @type {any} */ request, /** @type {Response} */ answer) => void rows.set(addressOf(request), answer),
    addAll: async (/** @type {string[]} */ files) => {
      for (const name of files) rows.set(addressOf(name), await network(name));
    },
  };
}

/** @param {any} request @param {any} [options] */
async function network(request, options) {
  const address = addressOf(request);
  asked.push({ address, options });
  if (!online) throw new TypeError("no network");
  const language = new URL(address).searchParams.get("hl") ?? (address.endsWith("/zh/") ? "zh-hans" : "en");
  return new Response(`of ${address}`, { headers: { "Content-Language": language } });
}

Object.assign(globalThis, {
  fetch: network,
  caches: {
    open: async (/** @type {string} */ name) => {
      if (!kept.has(name)) kept.set(name, new Map());
      return cacheOf(/** @type {any} */ (kept.get(name)));
    },
    keys: async () => [...kept.keys()],
    delete: async (/** @type {string} */ name) => kept.delete(name),
    match: async (/** @type {any} */ request) => kept.get("seenow-r2")?.get(addressOf(request))?.clone(),
  },
  self: {
    offline: { page: "/offline/", files: ["/static/r2/css/tokens.css"], folder: "/static/r2/", release: "r2" },
    location: { origin: SHOP },
    registration: {},
    clients: { claim: async () => {} },
    skipWaiting: async () => {},
    addEventListener: (/** @type {string} */ name, /** @type {any} */ listener) => (heard[name] = listener),
  },
});
const script = "../../static/js/push/worker.js?offline";
await import(script);

/** @param {string} name @param {any} [event] @returns {Promise<Response | undefined>} */
async function happens(name, event = {}) {
  /** @type {Promise<any>[]} */
  const work = [];
  /** @type {Promise<Response> | undefined} */
  let answer;
  heard[name]?.({
    ...event,
    waitUntil: (/** @type {Promise<any>} */ one) => work.push(one),
    respondWith: (/** @type {Promise<Response>} */ one) => (answer = one),
  });
  const given = await answer;
  await Promise.all(work);
  return given;
}

/** @param {string} path @param {Record<string, string>} [more] */
const visit = (path, more = {}) => happens("fetch", { request: { url: SHOP + path, method: "GET", mode: "navigate", ...more } });
/** @param {string} path */
const load = (path) => happens("fetch", { request: { url: SHOP + path, method: "GET", mode: "cors" } });
const addresses = () => [...(kept.get("seenow-r2")?.keys() ?? [])].map((address) => new URL(address).pathname);

beforeEach(async () => {
  kept.clear();
  online = true;
  await happens("install");
  asked = [];
});

test("the worker keeps the offline page and what it links, read without cookies", async () => {
  kept.clear();
  await happens("install");
  assert.deepEqual(addresses(), ["/static/r2/css/tokens.css", "/offline/"]);
  assert.equal(asked.at(-1)?.options.credentials, "omit");
});

test("a page comes from the network and is never kept", async () => {
  const answer = await visit("/bag/");
  assert.equal(await answer?.text(), `of ${SHOP}/bag/`);
  assert.deepEqual(addresses(), ["/static/r2/css/tokens.css", "/offline/"]);
});

test("without a network every page is the offline page", async () => {
  online = false;
  assert.equal(await (await visit("/bag/"))?.text(), `of ${SHOP}/offline/`);
});

test("the offline page follows the language last read", async () => {
  await visit("/zh/");
  online = false;
  assert.equal(await (await visit("/bag/"))?.text(), `of ${SHOP}/offline/?hl=zh-hans`);
  assert.deepEqual(addresses(), ["/static/r2/css/tokens.css", "/offline/"]);
});

test("a file of this release is asked for once", async () => {
  await load("/static/r2/js/site.js");
  online = false;
  assert.equal(await (await load("/static/r2/js/site.js"))?.text(), `of ${SHOP}/static/r2/js/site.js`);
});

test("everything else goes by without the worker", async () => {
  assert.equal(await load("/api/v1/me/"), undefined);
  assert.equal(await load("/static/r1/js/site.js"), undefined);
  assert.equal(await visit("/bag/add/", { method: "POST" }), undefined);
});

test("what earlier releases kept goes when this one takes over", async () => {
  kept.set("seenow-r1", new Map());
  await happens("activate");
  assert.deepEqual([...kept.keys()], ["seenow-r2"]);
});

/**
 * The worker as it would be without one of its guards, until the test is over.
 * @param {import("node:test").TestContext} context @param {string} guard @param {string} [instead]
 */
async function without(context, guard, instead = "") {
  const whole = await readFile(new URL("../../static/js/push/worker.js", import.meta.url), "utf8");
  assert.equal(whole.split(guard).length, 2, `${guard} stands once in the worker`);
  const before = { ...heard };
  context.after(() => void Object.assign(heard, before));
  await import(`data:text/javascript,${encodeURIComponent(whole.replace(guard, instead))}`);
}

test("twin: without the look at what is asked for, a question of a script gets the offline page", async (context) => {
  await without(context, 'request.mode === "navigate" && ');
  online = false;
  assert.equal(await (await load("/api/v1/me/"))?.text(), `of ${SHOP}/offline/`);
});

test("twin: without the look at the method, what was sent would be answered by the offline page", async (context) => {
  await without(context, ' && request.method === "GET") event', ") event");
  online = false;
  assert.equal(await (await visit("/bag/add/", { method: "POST" }))?.text(), `of ${SHOP}/offline/`);
});

test("twin: without the folder a person's page would be kept and read by the next", async (context) => {
  await without(context, "pathname.startsWith(offline.folder)", "true");
  await load("/account/profile/");
  online = false;
  assert.equal(await (await load("/account/profile/"))?.text(), `of ${SHOP}/account/profile/`);
  assert.deepEqual(addresses().slice(-1), ["/account/profile/"]);
});

test("twin: without leaving cookies at home the page that is kept would be somebody's", async (context) => {
  await without(context, 'credentials: "omit", ');
  await happens("install");
  assert.equal(asked.at(-1)?.options.credentials, undefined);
});
