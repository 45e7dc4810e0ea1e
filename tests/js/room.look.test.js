import assert from "node:assert/strict";
import { test } from "node:test";

import { needsHold, HOLD_MS } from "../../static/js/host/pieces.js";
import { refusal } from "../../static/js/host/panel.js";
import { nextUp, settle } from "../../static/js/lib/snap.js";
import { keepsAwake } from "../../static/js/room/away.js";
import { readable, trackFor } from "../../static/js/room/captions.js";
import { grabText } from "../../static/js/room/chat_panel.js";
import { shapeOf } from "../../static/js/room/ground.js";
import { leavesHere, pictureCanFollow } from "../../static/js/room/leave.js";
import { handleText } from "../../static/js/room/piece_sheet.js";
import { asksToSave, isSlow, STOPS, WITHIN_MS } from "../../static/js/room/thrift.js";

const heights = { shut: 0, peek: 0.2, half: 0.6, full: 0.97 };

test("a panel settles at the nearest of its heights", () => {
  assert.deepEqual([0.05, 0.19, 0.45, 0.7, 0.9].map((at) => settle(heights, at)), ["shut", "peek", "half", "half", "full"]);
});

test("a throw carries it on, up and down", () => {
  assert.equal(settle(heights, 0.6, 2), "full");
  assert.equal(settle(heights, 0.6, -2), "peek");
  assert.equal(settle(heights, 0.3, -3), "shut");
});

test("pressed, a handle leads up, and from the top back down", () => {
  const names = ["peek", "half", "full"];
  assert.deepEqual(names.map((name) => nextUp(names, name)), ["half", "full", "peek"]);
  assert.equal(nextUp(names, "unheard of"), "peek");
});

test("handles say what pressing them does next", () => {
  assert.equal(new Set(["lines", "half", "full"].map(grabText)).size, 3);
  assert.equal(new Set(["peek", "half", "full"].map(handleText)).size, 3);
});

test("the screen stays awake only while somebody watches", () => {
  const watching = { feed: "live", hidden: false, paused: false };
  assert.equal(keepsAwake(watching), true);
  assert.deepEqual([{ feed: "lost" }, { hidden: true }, { paused: true }].map((but) => keepsAwake({ ...watching, ...but })), [false, false, false]);
});

test("captions are those of the reader's language, else the first there are", () => {
  const track = (/** @type {string} */ kind, /** @type {string} */ language) => ({ kind, language });
  const tracks = [track("metadata", ""), track("subtitles", "en"), track("captions", "zh-Hans")];
  assert.equal(readable(tracks).length, 2);
  assert.equal(trackFor(tracks, "zh-hans"), tracks[2]);
  assert.equal(trackFor(tracks, "fr"), tracks[1]);
  assert.equal(trackFor([tracks[0] ?? track("", "")], "en"), undefined);
});

test("a picture is wide or tall, and nothing while its size is unknown", () => {
  assert.deepEqual([shapeOf(854, 480), shapeOf(480, 854), shapeOf(0, 0)], ["wide", "tall", ""]);
});

test("three stops within the time are a slow line; old ones are forgotten", () => {
  const stops = [1000, 2000, 3000];
  assert.equal(isSlow(stops, 3000), true);
  assert.equal(isSlow(stops.slice(0, STOPS - 1), 3000), false);
  assert.equal(isSlow(stops, 1000 + WITHIN_MS), false);
});

test("whoever saves data, or has little of it, is asked", () => {
  assert.deepEqual([{ saveData: true }, { effectiveType: "3g" }, { effectiveType: "4g" }, undefined].map(asksToSave), [true, true, false, false]);
});

test("only a finger must rest to take a piece off the stage", () => {
  assert.deepEqual(["touch", "mouse", "pen", ""].map((pointer) => needsHold("pin", pointer)), [true, false, false, false]);
  assert.equal(needsHold("", "touch"), false);
  assert.ok(HOLD_MS >= 400);
});

test("why there is no camera is said in words of its own", () => {
  const words = ["NotAllowedError", "NotFoundError", "NotReadableError", "AnotherError"].map((name) => refusal(name, true));
  assert.equal(new Set([...words, refusal("", false)]).size, 5);
});

const ROOM = "https://shop.example/events/the-silk-hour/";
const click = { button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false, defaultPrevented: false };
const link = (/** @type {string} */ href, target = "") => ({ href, target });

test("a plain click on another page of the house leaves the room", () => {
  assert.equal(leavesHere(click, link("/"), ROOM), true);
  assert.equal(leavesHere(click, link("/products/sept/", "_self"), ROOM), true);
});

test("what stays in the room, opens elsewhere or is the browser's own does not", () => {
  const elsewhere = [link("#room-foot"), link("/events/the-silk-hour/?lite=1"), link("/", "_blank"), link("https://other.example/"), link("/account/login/?next=/events/the-silk-hour/")];
  assert.deepEqual(elsewhere.map((one) => leavesHere(click, one, ROOM)), elsewhere.map(() => false));
  const kinds = [{ button: 1 }, { metaKey: true }, { ctrlKey: true }, { shiftKey: true }, { altKey: true }, { defaultPrevented: true }];
  assert.deepEqual(kinds.map((kind) => leavesHere({ ...click, ...kind }, link("/"), ROOM)), kinds.map(() => false));
});

test("the picture follows only while it plays, and where there is a window for it", () => {
  const playing = { feed: "live", offered: true, paused: false };
  assert.equal(pictureCanFollow(playing), true);
  assert.deepEqual([{ feed: "lost" }, { offered: false }, { paused: true }].map((but) => pictureCanFollow({ ...playing, ...but })), [false, false, false]);
});
