/** What the parts of a room share: its state, its line to the server, who is looking, and a voice. */

import { spokenIn } from "./voice.js";

/**
 * @typedef {import("./reducer.js").Frame} Frame
 * @typedef {Record<string, any>} Json
 * @typedef {Json & { name: string, signed_in: boolean, moderates: boolean, badge: string }} You
 * @typedef {object} LineAct one entry of a line's menu
 * @property {string} label
 * @property {() => void} [run]
 * @property {LineAct[]} [choices] a second step instead of `run`, as the lengths of a timeout
 * @property {string} [tone]
 * @typedef {(line: Json) => LineAct[]} LineActs what may be done with a line; asked whenever its menu opens
 *
 * @typedef {object} Room
 * @property {HTMLElement} root
 * @property {string} slug
 * @property {import("./store.js").Store} store
 * @property {import("./socket.js").RoomSocket} socket
 * @property {You} you the viewer as the server knows them at this moment
 * @property {boolean} calm whether this viewer wants it quiet; see calm.js
 * @property {(type: string, listener: (frame: Frame) => void) => void} on frames for one moment or one viewer
 *   (`hello`, `ack`, `error`, `you`, `held`, `refused`, `reactions` …); what is in the log comes through the store
 * @property {(frame: Frame) => void} hear the socket's side of `on`
 * @property {(text: string) => void} announce says it politely to screen readers, the latest word wins
 * @property {LineActs[]} lineActs every feature may add its own
 * @property {import("./moderate.js").Moderator} [moderator]
 */

/**
 * @param {HTMLElement} root
 * @param {{ slug: string, store: import("./store.js").Store, you: You }} facts
 * @returns {Room} its socket is given next
 */
export function createContext(root, { slug, store, you }) {
  /** @type {Map<string, ((frame: Frame) => void)[]>} */
  const ears = new Map();
  /** @type {Room} */
  const room = {
    root,
    slug,
    store,
    socket: /** @type {any} */ (null),
    you,
    calm: false,
    announce: spokenIn(root),
    lineActs: [],
    on: (type, listener) => void ears.set(type, [...(ears.get(type) ?? []), listener]),
    hear(frame) {
      // A guest's name is chosen here; the server may not have heard of it when it said hello.
      if (frame["you"]) room.you = { ...room.you, ...frame["you"], name: frame["you"].name || room.you.name };
      for (const listener of ears.get(frame.type) ?? []) listener(frame);
    },
  };
  return room;
}
