/**
 * Snapshot plus frames: what a screen knows after them. Pure; livechat/wire/fold.py does the same in Python and
 * both are fed the same files in tests/wire/golden.
 *
 * @typedef {Record<string, any>} Json
 * @typedef {Json & { type: string }} Frame
 * @typedef {Json & { epoch: string, head: number }} Room
 */

export const CHAT_LINES = 50;
export const QUESTIONS = 100;

const WORDS = ["name", "badge", "text", "reply", "mentions", "lang", "links"];
const LINE = ["id", "at", "rehearsal", "author", ...WORDS];
const GONE = { name: "", badge: "", text: "", reply: "", mentions: [], links: false, deleted: true };
const SETTINGS = ["chat_needs_account", "writers", "slow_seconds", "review"];
const PIN = ["id", "item", "product", "host", "slot", "at"];

/** @type {Record<string, (room: Room, frame: Frame) => Json>} */
const STEPS = {
  "chat.posted": (room, frame) => ({ chat: posted(room["chat"], frame) }),
  "chat.deleted": (room, frame) => ({ chat: withOne(room["chat"], "id", frame["id"], GONE) }),
  "chat.cleared": (room, frame) => ({ chat: withOne(room["chat"], "author", frame["author"], GONE) }),
  "chat.restored": (room, frame) => ({
    chat: withOne(room["chat"], "id", frame["id"], { ...pick(frame, WORDS), deleted: false }),
  }),
  "notice.set": (_room, frame) => ({ notice: pick(frame, ["id", "text", "name", "badge", "at"]) }),
  "notice.cleared": (room, frame) => (room["notice"]?.id === frame["id"] ? { notice: null } : {}),
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
  "programme.changed": (_room, frame) => pick(frame, ["programme"]),
  "room.settings": (_room, frame) => ({ settings: pick(frame, SETTINGS) }),
  "question.asked": (room, frame) => ({ questions: asked(room["questions"], frame) }),
  "question.raised": (room, frame) => withQuestion(room, frame, pick(frame, ["votes"])),
  "question.answered": (room, frame) =>
    withQuestion(room, frame, { state: "answered", ...pick(frame, ["answer", "on_air"]) }),
  "question.removed": (room, frame) =>
    withQuestion(room, frame, { state: "removed", name: "", text: "", answer: null, on_air: null }),
  "poll.opened": (_room, frame) => ({ poll: { ...pick(frame, ["id", "question", "options"]), counts: null } }),
  "poll.closed": (room, frame) =>
    room["poll"]?.id === frame["id"] ? { poll: { ...room["poll"], counts: frame["counts"] } } : {},
  skip: () => ({}),
  skipped: () => ({}),
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
  if (frame.type === "poll.tally") return { ...room, tally: pick(frame, ["id", "counts", "rehearsal"]) };
  if (frame.type === "presence") return { ...room, presence: pick(frame, ["viewers", "rehearsal"]) };
  const step = isSequenced(frame) && STEPS[frame.type];
  if (!step || !isNext(room, frame)) return room;
  return { ...room, ...step(room, frame), head: frame["through"] ?? frame["seq"] };
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

/**
 * The list with every entry whose `name` is `value` changed. A deleted line keeps its place without its words.
 * @param {Json[]} list @param {string} name @param {string} value @param {Json} changes
 */
function withOne(list, name, value, changes) {
  return list.map((one) => (one[name] === value ? { ...one, ...changes } : one));
}

/** @param {Json[]} questions @param {Frame} frame */
function asked(questions, frame) {
  if (questions.some((one) => one["id"] === frame["id"])) return questions;
  const fresh = pick(frame, ["id", "product", "name", "author", "text", "rehearsal", "at"]);
  return [...questions, { ...fresh, votes: 1, state: "open", answer: null, on_air: null }].slice(-QUESTIONS);
}

/** @param {Room} room @param {Frame} frame @param {Json} changes @returns {Json} */
function withQuestion(room, frame, changes) {
  return { questions: withOne(room["questions"], "id", frame["id"], changes) };
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
