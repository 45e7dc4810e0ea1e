/** One room's state on this page. Everything on it draws from here and nothing else writes to it. */

import { reduce } from "./reducer.js";

/**
 * @typedef {import("./reducer.js").Room} Room
 * @typedef {import("./reducer.js").Frame} Frame
 * @typedef {(state: Room, frame: Frame) => void} Listener
 * @typedef {{ readonly state: Room, subscribe: (listener: Listener) => () => void, dispatch: (frame: Frame) => void }} Store
 */

/**
 * @param {Room} snapshot
 * @returns {Store}
 */
export function createStore(snapshot) {
  let state = snapshot;
  /** @type {Set<Listener>} */
  const listeners = new Set();
  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Apply a frame; listeners hear of it when it changed anything. */
    dispatch(frame) {
      const before = state;
      state = reduce(state, frame);
      if (state !== before) for (const listener of listeners) listener(state, frame);
    },
  };
}
