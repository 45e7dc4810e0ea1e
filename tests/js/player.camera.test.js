import assert from "node:assert/strict";
import { test } from "node:test";

import { BITRATES, TYPES, afterClose, ingestUrl, isBehind, recorderType, stepDown } from "../../static/js/host/onair.js";

test("H.264 is recorded where the browser can, VP8 or MP4 else", () => {
  assert.equal(recorderType(() => true), TYPES[0]);
  assert.equal(recorderType((type) => type.includes("vp8")), TYPES[1]);
  assert.equal(recorderType((type) => type === "video/mp4"), "video/mp4");
  assert.equal(recorderType(() => false), null);
});

test("two seconds of waiting video are a backlog", () => {
  const perSecond = (1_500_000 + 96_000) / 8;
  assert.equal(isBehind(perSecond * 2, 1_500_000), false);
  assert.equal(isBehind(perSecond * 2 + 1, 1_500_000), true);
});

test("the bitrate steps down to the last and stays there", () => {
  assert.deepEqual([0, 1, 2].map(stepDown), [1, 2, 2]);
  assert.equal(BITRATES.length, 3);
});

test("a void key is renewed once; another device and the end of the show are final", () => {
  assert.deepEqual(afterClose(4401, 0, false), { renew: true });
  assert.deepEqual(afterClose(4401, 0, true), { stop: "bad_key" });
  assert.deepEqual(afterClose(4409, 0, false), { stop: "replaced" });
  assert.deepEqual(afterClose(4410, 0, false), { stop: "over" });
  assert.deepEqual(afterClose(4413, 0, false), { stop: "refused" });
});

test("a lost line comes back, sooner at first than later", () => {
  assert.deepEqual(afterClose(1006, 0, false), { retry: 500 });
  assert.deepEqual(afterClose(1012, 2, false), { retry: 2000 });
  assert.deepEqual(afterClose(4500, 9, true), { retry: 8000 });
});

test("the ingest is a WebSocket at the media origin", () => {
  assert.equal(ingestUrl("http://127.0.0.1:8001", "/ingest/a/"), "ws://127.0.0.1:8001/ingest/a/");
  assert.equal(ingestUrl("https://media.example", "/ingest/a/"), "wss://media.example/ingest/a/");
  assert.equal(ingestUrl("https://media.example", "wss://other.example/x"), "wss://other.example/x");
});
