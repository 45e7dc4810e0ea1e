/** The page before a show: counts down, and opens the room once it is open. */

import { syncClock } from "../lib/clock.js";
import { drawWait } from "../lib/countdown.js";
import { $ } from "../lib/dom.js";
import { send } from "../lib/http.js";

const ASK_MS = 10_000;
const NEAR_MS = 15 * 60_000;
// The page says something else then.
const OTHER = ["live", "cancelled"];

/** Draw the wait each second; ask for the room only near the time, a page left open all night asks nothing. */
export function waitForRoom() {
  const wait = $("[data-countdown]");
  const until = Date.parse(wait?.dataset["countdown"] ?? "");
  if (!wait || Number.isNaN(until)) return;
  drawWait(wait, until);
  setInterval(() => drawWait(wait, until), 1000);
  setInterval(() => look(wait.dataset["room"] ?? "", until), ASK_MS);
}

/**
 * @param {string} room
 * @param {number} until
 */
async function look(room, until) {
  if (until - Date.now() > NEAR_MS || document.hidden) return;
  const asked = performance.now();
  const snapshot = await send("GET", room).catch(() => null);
  if (!snapshot) return;
  syncClock(snapshot.now, performance.now() - asked);
  if (OTHER.includes(snapshot.event.state)) location.reload();
}
