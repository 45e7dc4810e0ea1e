/** One video element fed by a live playlist: hls.js where it runs, the browser's own player else. */

import Hls from "hls.js";

import { backoff } from "./feed.js";

/** Further behind than this after a sleep or a stall, jump instead of catching up slowly. */
const JUMP_BEHIND_S = 8;
const CATCH_UP_RATE = 1.3;
/** How far behind a slow line plays: far enough for three segments to be on their way. */
const SLOW_BEHIND_S = 8;

/**
 * @typedef {object} Picture
 * @property {() => number | null} date ms since 1970 at the video's current time; null while unknown
 * @property {() => void} nudge called while nothing moves: go to the live edge, or load again
 * @property {() => "smaller" | "later" | ""} thrift what `spare` would do; empty when nothing can be done
 * @property {() => void} spare ask less of a slow line
 * @property {() => void} stop
 */

/**
 * @param {HTMLVideoElement} video
 * @param {string} url
 * @param {{ behind?: number }} [options] `behind`: stay that many seconds behind the edge
 * @returns {Picture}
 */
export function openPicture(video, url, { behind } = {}) {
  // Chromium now says "maybe" to native HLS and then knows no dates: ask for hls.js first.
  if (Hls.isSupported()) return hlsPicture(video, url, behind);
  return nativePicture(video, url);
}

/**
 * @param {number} [behind]
 * @returns {Partial<import("hls.js").HlsConfig>}
 */
export function configuration(behind) {
  const far = behind ? { liveSyncDuration: behind, liveMaxLatencyDuration: behind + JUMP_BEHIND_S } : {};
  return {
    lowLatencyMode: true,
    backBufferLength: 30,
    liveDurationInfinity: true,
    maxLiveSyncPlaybackRate: CATCH_UP_RATE,
    ...far,
  };
}

/**
 * @param {HTMLVideoElement} video
 * @param {string} url
 * @param {number} [behind]
 * @returns {Picture}
 */
function hlsPicture(video, url, behind) {
  /** @type {Hls} */
  let hls;
  let attempt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let nudges = 0;

  let spared = false;
  const thrift = () => (hls.levels.length > 1 ? "smaller" : "later");
  const spare = () => {
    spared = true;
    if (thrift() === "smaller") hls.autoLevelCapping = 0;
    else hls.targetLatency = SLOW_BEHIND_S;
  };

  const open = () => {
    waiting = undefined;
    hls = new Hls(configuration(behind));
    if (spared) hls.on(Hls.Events.MANIFEST_PARSED, spare);
    hls.on(Hls.Events.FRAG_BUFFERED, () => {
      attempt = 0;
      nudges = 0;
    });
    hls.on(Hls.Events.ERROR, (_event, error) => error.fatal && again());
    hls.loadSource(url);
    hls.attachMedia(video);
  };
  // A playlist that is not there yet, a media process that restarts, a decoder that gave up: all start afresh.
  const again = () => {
    if (waiting) return;
    hls.destroy();
    waiting = setTimeout(open, backoff(attempt++));
  };
  open();

  return {
    date: () => (waiting ? null : (hls.playingDate?.getTime() ?? null)),
    nudge() {
      if (waiting) return;
      const edge = hls.liveSyncPosition;
      if (edge !== null && edge - video.currentTime > JUMP_BEHIND_S) video.currentTime = edge;
      else if (++nudges % 3 === 0) again();
    },
    thrift,
    spare,
    stop() {
      clearTimeout(waiting);
      waiting = undefined;
      hls.destroy();
    },
  };
}

/**
 * @param {HTMLVideoElement} video
 * @param {string} url
 * @returns {Picture}
 */
function nativePicture(video, url) {
  const load = () => {
    video.src = url;
    video.load();
    video.play().catch(() => {});
  };
  load();
  return {
    date() {
      const start = /** @type {{ getStartDate?: () => Date }} */ (/** @type {unknown} */ (video)).getStartDate?.();
      const ms = start?.getTime();
      return ms === undefined || Number.isNaN(ms) ? null : ms + video.currentTime * 1000;
    },
    nudge: load,
    // The browser's own player chooses the size by itself.
    thrift: () => "",
    spare() {},
    stop() {
      video.removeAttribute("src");
      video.load();
    },
  };
}
