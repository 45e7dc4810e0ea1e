/** Putting pieces into the bag from inside the room, with the touch they come from. */

import { newKey, send } from "../lib/http.js";

/**
 * The signed token of a touch of the piece in this room; empty when the room does not answer.
 * @param {string} slug the event's
 * @param {string} product
 * @returns {Promise<string>}
 */
export async function touch(slug, product) {
  if (!slug) return "";
  const answer = await send("POST", `/api/v1/rooms/${slug}/touches/`, { product }).catch(() => null);
  return answer?.touch ?? "";
}

/**
 * Put a piece into the bag and tell the page how many lie in it.
 * @param {{ variant: string, quantity: number, touch: string }} piece
 * @returns {Promise<{ count: number }>}
 */
export async function putInBag(piece) {
  const bag = await send("POST", "/api/v1/bag/", piece, { key: newKey() });
  document.dispatchEvent(new CustomEvent("seenow:bag", { detail: { count: bag.count } }));
  return bag;
}
