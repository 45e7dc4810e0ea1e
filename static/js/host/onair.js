/** What the host's camera decides, without touching a camera: recorder type, reconnects, backlog. */

/**
 * In the order of preference: hardware encodes H.264, every browser VP8, Safari MP4. The server probes anyway.
 */
export const TYPES = ["video/webm;codecs=h264,opus", "video/webm;codecs=vp8,opus", "video/mp4"];

/** Full quality first; each step down is for an uplink that cannot carry the one before. */
export const BITRATES = [1_500_000, 800_000, 400_000];
export const AUDIO_BITRATE = 96_000;
export const CHUNK_MS = 100;
/** More than this many seconds of video waiting in the socket: the uplink does not carry it. */
export const BACKLOG_S = 2;
const MAX_BACKOFF_MS = 8000;

/**
 * @param {(type: string) => boolean} supports
 * @returns {string | null} null when this browser cannot record
 */
export function recorderType(supports) {
  return TYPES.find(supports) ?? null;
}

/**
 * Whether the socket holds more than two seconds of what the recorder makes.
 * @param {number} buffered bytes waiting
 * @param {number} bitrate bit/s of the recorder
 */
export function isBehind(buffered, bitrate) {
  return buffered * 8 > BACKLOG_S * (bitrate + AUDIO_BITRATE);
}

/**
 * The next lower step, or the same when there is none.
 * @param {number} step
 */
export function stepDown(step) {
  return Math.min(step + 1, BITRATES.length - 1);
}

/**
 * What to do when the socket closed: come back after `retry` ms, come back with a fresh key, or stop and say why.
 * Codes 4400-4499 mean that what we have will not be taken again (docs/streaming.md).
 * @param {number} code close code
 * @param {number} attempt 0 for the first
 * @param {boolean} renewed whether a fresh key was fetched since the last time on air
 * @returns {{ retry: number } | { renew: true } | { stop: "bad_key" | "replaced" | "over" | "refused" }}
 */
export function afterClose(code, attempt, renewed) {
  if (code === 4401) return renewed ? { stop: "bad_key" } : { renew: true };
  if (code === 4409) return { stop: "replaced" };
  if (code === 4410) return { stop: "over" };
  if (code >= 4400 && code < 4500) return { stop: "refused" };
  return { retry: Math.min(MAX_BACKOFF_MS, 500 * 2 ** attempt) };
}

/**
 * @param {string} base media origin (http or https)
 * @param {string} path from the answer with the key: a path, or a whole address
 */
export function ingestUrl(base, path) {
  return /^wss?:/.test(path) ? path : base.replace(/^http/, "ws") + path;
}
