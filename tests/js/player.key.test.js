import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Camera } from "../../static/js/host/camera.js";

/** @type {Line[]} */
let lines = [];
/** @type {Camera[]} */
let cameras = [];

/** A WebSocket whose other end is the test. */
class Line extends EventTarget {
  static OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  /** @type {unknown[]} */
  sent = [];
  /** @param {string} url */
  constructor(url) {
    super();
    this.url = url;
    lines.push(this);
  }
  /** @param {unknown} data */
  send(data) {
    this.sent.push(data);
  }
  close() {}
  opened() {
    this.dispatchEvent(new Event("open"));
    return JSON.parse(String(this.sent[0])).key;
  }
  ready() {
    this.dispatchEvent(new MessageEvent("message", { data: '{"type":"ready"}' }));
  }
  /** @param {number} code */
  closed(code) {
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

class Recorder extends EventTarget {
  static isTypeSupported() {
    return true;
  }
  state = "inactive";
  start() {}
  stop() {}
}

beforeEach(() => {
  lines = [];
  cameras = [];
  Object.assign(globalThis, { WebSocket: Line, MediaRecorder: Recorder });
});

afterEach(() => {
  for (const camera of cameras) clearInterval(camera.looking);
});

/** Let every promise that can be kept be kept. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** @param {(Error | string)[]} answers what each request for a key gives */
async function onAir(answers) {
  /** @type {string[]} */
  const states = [];
  const askPass = async () => {
    const answer = answers.shift();
    if (typeof answer !== "string") throw answer;
    return { key: answer, ingest: "/ingest/a/" };
  };
  const preview = /** @type {any} */ ({});
  const onChange = (/** @type {string} */ state, /** @type {string} */ why) => states.push(why ? `${state} ${why}` : state);
  const camera = new Camera(preview, { base: "http://shop.test", askPass, onChange });
  cameras.push(camera);
  camera.stream = /** @type {any} */ ({ getTracks: () => [] });
  await camera.start();
  lines[0]?.opened();
  lines[0]?.ready();
  return { camera, states };
}

test("after a void key a fresh one is fetched and the picture goes on", async () => {
  const { states } = await onAir(["one", "two"]);
  lines[0]?.closed(4401);
  await settled();
  assert.equal(lines[1]?.opened(), "two");
  lines[1]?.ready();
  assert.deepEqual(states, ["connecting", "air", "away", "air"]);
});

test("a fresh key that is refused too is the end", async () => {
  const { camera, states } = await onAir(["one", "two", "three"]);
  lines[0]?.closed(4401);
  await settled();
  lines[1]?.closed(4401);
  await settled();
  assert.equal(lines.length, 2);
  assert.deepEqual(states.slice(-2), ["away", "stopped bad_key"]);
  assert.equal(camera.pass, null);
});

test("whoever may host no longer gets no key and stops", async () => {
  const { states } = await onAir(["one", new Error("forbidden")]);
  lines[0]?.closed(4401);
  await settled();
  assert.equal(lines.length, 1);
  assert.deepEqual(states.slice(-2), ["away", "stopped bad_key"]);
});

test("going off air meanwhile stays off air", async () => {
  const { camera, states } = await onAir(["one", "two"]);
  lines[0]?.closed(4401);
  camera.stop();
  await settled();
  assert.equal(lines.length, 1);
  assert.equal(states.at(-1), "preview");
});

test("another device is never fought over", async () => {
  const { states } = await onAir(["one", "two"]);
  lines[0]?.closed(4409);
  await settled();
  assert.equal(lines.length, 1);
  assert.equal(states.at(-1), "stopped replaced");
});
