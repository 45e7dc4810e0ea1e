/**
 * Snapshot plus frames: what a screen knows after them. Pure; livechat/wire/fold.py does the same in Python and
 * both are fed the same files in tests/wire/golden.
 *
 * @typedef {Record<string, any>} Json
 * @typedef {Json & { type: string }} Frame
 * @typedef {Json & { epoch: string, head: number }} Room
 */

export const CHAT_LINES = 50;

const LINE = ["id", "name", "badge", "text", "at", "rehearsal"];
const PIN = ["id", "item", "product", "host", "slot", "at"];

/** @type {Record<string, (room: Room, frame: Frame) => Json>} */
const STEPS = {
  "chat.posted": (room, frame) => ({ chat: posted(room["chat"], frame) }),
  "chat.deleted": (room, frame) => ({ chat: room["chat"].map(gone(frame["id"])) }),
  "pin.placed": (room, frame) => ({ pins: placed(room["pins"], frame) }),
  "pin.removed": (room, frame) => ({ pins: room["pins"].filter((/** @type {Json} */ pin) => pin["id"] !== frame["id"]) }),
  "stock.changed": (room, frame) => withVariant(room, frame, { free: frame["free"] }),
  "price.changed": (room, frame) => withVariant(room, frame, pick(frame, ["amount", "currency"])),
  "event.state": (room, frame) => ({ event: { ...room["event"], state: frame["state"] } }),
  "stream.state": (room, frame) => ({ event: { ...room["event"], stream: pick(frame, ["state", "playlist"]) } }),
  "lineup.changed": (room, frame) => ({
    event: { ...room["event"], hosts: frame["hosts"] },
    ...pick(frame, ["lineup", "products"]),
  }),
  "room.settings": (_room, frame) => ({ settings: pick(frame, ["chat_needs_account"]) }),
  skip: () => ({}),
};

/** Whether a frame has a place in the log. @param {Frame} frame */
export function isSequenced(frame) {
  return Object.hasOwn(STEPS, frame.type);
}

/** Whether `frame` is the very next one. @param {Room} room @param {Frame} frame */
export function isNext(room, frame) {
  return frame["epoch"] === room.epoch && frame["seq"] === room.head + 1;
}

/**
 * The room after one frame of any kind. Frames known already, of another epoch or beyond a hole change nothing:
 * the socket keeps those until the hole is filled.
 * @param {Room} room
 * @param {Frame} frame
 * @returns {Room}
 */
export function reduce(room, frame) {
  if (frame.type === "hello") return hello(room, frame);
  if (frame.type === "batch") return frame["frames"].reduce(reduce, room);
  if (frame.type === "presence") return { ...room, presence: pick(frame, ["viewers", "rehearsal"]) };
  const step = isSequenced(frame) && STEPS[frame.type];
  if (!step || !isNext(room, frame)) return room;
  return { ...room, ...step(room, frame), head: frame["seq"] };
}

/** @param {Room} room @param {Frame} frame @returns {Room} */
function hello(room, frame) {
  return frame["snapshot"] ?? frame["frames"].reduce(reduce, room);
}

/** @param {Json} from @param {string[]} names @returns {Json} */
function pick(from, names) {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

/** @param {Json[]} chat @param {Frame} frame */
function posted(chat, frame) {
  if (chat.some((line) => line["id"] === frame["id"])) return chat;
  return [...chat, { ...pick(frame, LINE), deleted: false }].slice(-CHAT_LINES);
}

/** A deleted line keeps its place without its words. @param {string} id */
function gone(id) {
  return (/** @type {Json} */ line) =>
    line["id"] === id ? { ...line, name: "", badge: "", text: "", deleted: true } : line;
}

/** @param {Json[]} pins @param {Frame} frame */
function placed(pins, frame) {
  return pins.some((pin) => pin["id"] === frame["id"]) ? pins : [...pins, pick(frame, PIN)];
}

/** @param {Room} room @param {Frame} frame @param {Json} changes @returns {Json} */
function withVariant(room, frame, changes) {
  const card = room["products"][frame["product"]];
  if (!card) return {};
  const variants = card.variants.map((/** @type {Json} */ variant) =>
    variant["id"] === frame["variant"] ? { ...variant, ...changes } : variant,
  );
  return { products: { ...room["products"], [frame["product"]]: { ...card, variants } } };
}
