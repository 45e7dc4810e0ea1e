/**
 * Says every ten seconds how far behind this viewer's picture is, while there is one: the host sees what half of
 * the room sees, and staff how the slowest fare. Without a picture nothing is said.
 */

import { serverNow } from "../lib/clock.js";

export const EVERY_MS = 10_000;
/** A live picture is never further behind; what is beyond would be a clock gone wrong. */
const MOST_MS = 120_000;

/**
 * The report for a picture whose moment is `shown`, or null when it cannot be one of a live picture.
 * @param {number} shown ms since 1970, the moment on screen
 * @param {number} now the server's clock, ms since 1970
 */
export function lagFrame(shown, now) {
  const behind = Math.round(now - shown);
  return behind >= 0 && behind <= MOST_MS ? { type: "lag", behind } : null;
}

/**
 * @param {import("./context.js").Room} room
 * @param {{ clock?: () => number, page?: EventTarget }} [tools]
 */
export function reportLag({ socket }, { clock = () => performance.now(), page = document } = {}) {
  let due = 0;
  page.addEventListener("seenow:playing-date", (event) => {
    if (clock() < due) return;
    const frame = lagFrame(/** @type {CustomEvent} */ (event).detail.ms, serverNow());
    // Spread, so that a room that opened as one does not report as one.
    if (frame && socket.send(frame)) due = clock() + EVERY_MS * (0.9 + Math.random() / 5);
  });
}
