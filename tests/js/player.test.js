import assert from "node:assert/strict";
import { test } from "node:test";

import { backoff, feedOf, frameDate, mediaBase, playlistUrl, wantsSource } from "../../static/js/room/feed.js";

const facts = { stream: "live", seen: true, paused: false, still: 40 };

test("a picture that moves is live", () => {
  assert.equal(feedOf(facts), "live");
});

test("a picture that stands for three seconds is lost although the server says live", () => {
  assert.equal(feedOf({ ...facts, still: 2999 }), "live");
  assert.equal(feedOf({ ...facts, still: 3000 }), "lost");
});

test("when the host is away the buffer runs out before the slate comes", () => {
  assert.equal(feedOf({ ...facts, stream: "lost", still: 100 }), "live");
  assert.equal(feedOf({ ...facts, stream: "lost", still: 600 }), "lost");
});

test("frames that arrive are live before the room has heard that the host is back", () => {
  assert.equal(feedOf({ ...facts, stream: "lost", still: 10 }), "live");
});

test("before the first frame nothing was lost, unless the host was", () => {
  const waiting = { ...facts, seen: false, still: 9000 };
  assert.equal(feedOf(waiting), "idle");
  assert.equal(feedOf({ ...waiting, stream: "idle" }), "idle");
  assert.equal(feedOf({ ...waiting, stream: "lost" }), "lost");
});

test("a viewer who paused is not told that the picture dropped", () => {
  assert.equal(feedOf({ ...facts, paused: true, still: 60000 }), "live");
  assert.equal(feedOf({ ...facts, paused: true, still: 60000, stream: "lost" }), "lost");
});

test("the end shows when the last frames have run out", () => {
  assert.equal(feedOf({ ...facts, stream: "ended" }), "live");
  assert.equal(feedOf({ ...facts, stream: "ended", still: 700 }), "ended");
  assert.equal(feedOf({ ...facts, stream: "ended", seen: false }), "ended");
});

test("only a stream that was ever on air has a playlist to ask for", () => {
  assert.deepEqual(["idle", "live", "lost", "ended"].map(wantsSource), [false, true, true, false]);
});

test("attempts wait longer and longer, never longer than five seconds", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 9].map(backoff), [500, 1000, 2000, 4000, 5000, 5000]);
});

test("the date is that of the frame on screen, which trails the current time", () => {
  assert.equal(frameDate(100_000, 20, 19.96), 99_960);
  assert.equal(frameDate(100_000, 20), 100_000);
  assert.equal(frameDate(100_000, 20, 5), 100_000);
});

test("a path is joined to the media origin, a whole address stays", () => {
  const page = { protocol: "http:", hostname: "127.0.0.1", port: "8000" };
  assert.equal(playlistUrl("/live/a/index.m3u8", "https://media.shop.example", page), "https://media.shop.example/live/a/index.m3u8");
  assert.equal(playlistUrl("/live/a/index.m3u8", "", page), "http://127.0.0.1:8001/live/a/index.m3u8");
  assert.equal(playlistUrl("https://cdn.example/a.m3u8", "http://x", page), "https://cdn.example/a.m3u8");
  assert.equal(mediaBase({ protocol: "https:", hostname: "shop.example", port: "" }), "https://shop.example:444");
});
