/** What the viewer sees of the feed. Pure: times come in as milliseconds, nothing is looked at. */

/** @typedef {"idle" | "live" | "lost" | "ended"} Feed */

/** A picture that stands still this long has stopped, whatever the server believes. */
export const STALL_MS = 3000;
/** When the server says the host is away, what is still in the buffer may run out first. */
export const DRAIN_MS = 600;
const MAX_BACKOFF_MS = 5000;

/**
 * @param {object} facts
 * @param {string} facts.stream the stream's state as the room knows it
 * @param {boolean} facts.seen whether any frame was ever shown
 * @param {boolean} facts.paused the viewer paused by themself
 * @param {number} facts.still ms since the last frame
 * @returns {Feed}
 */
export function feedOf({ stream, seen, paused, still }) {
  const moving = seen && still < (stream === "live" ? STALL_MS : DRAIN_MS);
  // The picture is the truth: frames that arrive are live before the room has heard that the host is back.
  if (moving) return "live";
  if (stream === "ended") return "ended";
  if (!seen) return stream === "lost" ? "lost" : "idle";
  if (paused && stream === "live") return "live";
  return stream === "idle" ? "idle" : "lost";
}

/**
 * Whether a source should be loaded at all: before the first picture there is nothing to ask for.
 * @param {string} stream
 */
export function wantsSource(stream) {
  return stream === "live" || stream === "lost";
}

/**
 * How long to wait before the next attempt.
 * @param {number} attempt 0 for the first
 */
export function backoff(attempt) {
  return Math.min(MAX_BACKOFF_MS, 500 * 2 ** attempt);
}

/**
 * The wall clock of the frame on screen, from the player's date at `currentTime` and the frame's own time.
 * @param {number} date ms since 1970 at `currentTime`
 * @param {number} currentTime s
 * @param {number} [mediaTime] s of the frame shown; it trails `currentTime` by up to two frames
 */
export function frameDate(date, currentTime, mediaTime) {
  const trail = mediaTime === undefined ? 0 : mediaTime - currentTime;
  // A seek lies between the two when they are further apart; the player's own date is then the better guess.
  return Math.abs(trail) < 1 ? date + trail * 1000 : date;
}

/**
 * The playlist's whole address.
 * @param {string} playlist a path at the media origin, or a whole address
 * @param {string} base the media origin; empty when it is the page's host at the next port
 * @param {{ protocol: string, hostname: string, port: string }} page
 */
export function playlistUrl(playlist, base, page) {
  if (/^https?:/.test(playlist)) return playlist;
  return `${base || mediaBase(page)}${playlist}`;
}

/**
 * The embedded engine's usual place, for pages that do not say: the port after the page's own.
 * @param {{ protocol: string, hostname: string, port: string }} page
 */
export function mediaBase({ protocol, hostname, port }) {
  const own = Number(port || (protocol === "https:" ? 443 : 80));
  return `${protocol}//${hostname}:${own + 1}`;
}
