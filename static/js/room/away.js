/**
 * While somebody watches the screen stays awake; when they leave the tab the picture follows in its own small window
 * where the browser offers that, and leads back into the room.
 */

import { $ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/**
 * Whether the screen should be kept awake.
 * @param {{ feed: string, hidden: boolean, paused: boolean }} facts
 */
export function keepsAwake({ feed, hidden, paused }) {
  return feed === "live" && !hidden && !paused;
}

/** @param {import("./context.js").Room} room */
export function wireAway({ root, store, announce }) {
  const video = /** @type {HTMLVideoElement | null} */ ($("[data-player] video", root));
  if (!video) return;
  const { title, brand, hosts } = store.state["event"];
  offerWindow(video, { title, artist: hosts[0]?.name ?? brand, album: brand, portrait: hosts[0]?.portrait?.src });
  video.addEventListener("enterpictureinpicture", () => {
    root.dataset["away"] = "";
    announce(t("The picture is in its own window."));
  });
  video.addEventListener("leavepictureinpicture", () => {
    delete root.dataset["away"];
    window.focus();
  });
  stayAwake(video);
}

/**
 * The two ways browsers take the picture along by themselves; a browser with neither has the button.
 * @param {HTMLVideoElement} video
 * @param {{ title: string, artist: string, album: string, portrait?: string }} show
 */
function offerWindow(video, { title, artist, album, portrait }) {
  if ("autoPictureInPicture" in video) video.autoPictureInPicture = true;
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({ title, artist, album, artwork: portrait ? [{ src: portrait }] : [] });
  try {
    const leave = /** @type {MediaSessionAction} */ (/** @type {unknown} */ ("enterpictureinpicture"));
    navigator.mediaSession.setActionHandler(leave, () => void video.requestPictureInPicture().catch(() => {}));
  } catch {
    // An older browser does not know the action.
  }
}

/** @param {HTMLVideoElement} video */
function stayAwake(video) {
  if (!("wakeLock" in navigator)) return;
  let feed = "";
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  let asking = false;
  const look = async () => {
    const wanted = keepsAwake({ feed, hidden: document.hidden, paused: video.paused });
    if (wanted && !asking && (!lock || lock.released)) {
      asking = true;
      // Refused on a low battery; the screen then goes dark as it always does.
      lock = await navigator.wakeLock.request("screen").catch(() => null);
      asking = false;
    } else if (!wanted && lock) {
      void lock.release();
      lock = null;
    }
  };
  document.addEventListener("seenow:feed", (event) => {
    feed = /** @type {CustomEvent} */ (event).detail.state;
    void look();
  });
  document.addEventListener("visibilitychange", () => void look());
  for (const change of ["play", "pause"]) video.addEventListener(change, () => void look());
}
