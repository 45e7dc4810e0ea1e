/**
 * The room's player. Mounts on the markup of templates/livechat/_player.html:
 *
 *   const player = mountPlayer(root, { store });          // or { stream: { state, playlist } }
 *   player.update({ state, playlist });                   // when there is no store
 *   player.latency();                                     // seconds behind the server's clock, or null
 *
 * It tells the page, on `document`:
 *   `seenow:playing-date` {ms}   the wall clock of the frame on screen, at most ten times a second
 *   `seenow:feed` {state}        idle, live, lost or ended, whenever that changes
 */

import { serverNow } from "../lib/clock.js";
import { $ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { wireCaptions } from "./captions.js";
import { wireControls } from "./controls.js";
import { feedOf, frameDate, playlistUrl, wantsSource } from "./feed.js";
import { wireGround } from "./ground.js";

const DATE_EVERY_MS = 95;
const LOOK_EVERY_MS = 250;
const AGAIN_MS = 2_000;
const NUDGE_EVERY_MS = 4000;

/**
 * @typedef {{ state: string, playlist: string }} StreamCard
 * @typedef {{ state: any, subscribe: (listener: () => void) => unknown }} Store
 */

/**
 * @param {HTMLElement} root
 * @param {{ store?: Store, stream?: StreamCard, behind?: number, quiet?: boolean }} [options]
 *   `behind`: seconds to stay behind the edge; `quiet`: tell the page nothing (a second player on it)
 */
export function mountPlayer(root, options = {}) {
  return new Player(root, options);
}

export class Player {
  /**
   * @param {HTMLElement} root
   * @param {{ store?: Store, stream?: StreamCard, behind?: number, quiet?: boolean }} options
   */
  constructor(root, { store, stream, behind, quiet = false }) {
    this.root = root;
    this.video = /** @type {HTMLVideoElement} */ ($("video", root));
    this.behind = behind ?? behindFrom(location.search);
    this.quiet = quiet;
    /** @type {StreamCard} */
    this.stream = { state: "idle", playlist: "" };
    /** @type {import("./picture.js").Picture | null} */
    this.picture = null;
    /** @type {import("./feed.js").Feed | null} */
    this.feed = null;
    this.onAir = false;
    this.opening = false;
    this.gone = false;
    this.seen = false;
    this.lastFrame = 0;
    this.lastDate = 0;
    this.lastNudge = 0;
    /** @type {number | null} */
    this.shownAt = null;
    this.controls = wireControls(root, this.video);
    wireCaptions(/** @type {HTMLButtonElement | null} */ ($('[data-act="captions"]', root)), this.video);
    wireGround(root);
    this.watchFrames();
    this.timer = setInterval(() => this.look(performance.now()), LOOK_EVERY_MS);
    if (store) {
      const read = () => {
        this.onAir = store.state.event.state === "live";
        this.update(store.state.event.stream);
      };
      store.subscribe(read);
      read();
    } else if (stream) {
      this.update(stream);
    }
  }

  /** @param {StreamCard} stream what the room knows of the picture */
  update(stream) {
    this.stream = { ...this.stream, ...stream };
    const wanted = wantsSource(this.stream.state) && this.stream.playlist;
    if (wanted && !this.picture) void this.open(this.stream.playlist);
    this.look(performance.now());
  }

  /** Seconds between the server's clock and the frame on screen; null while nothing moves. */
  latency() {
    return this.feed === "live" && this.shownAt !== null ? (serverNow() - this.shownAt) / 1000 : null;
  }

  /** What `spare` would do for a slow line: a smaller picture, or playing later; empty when nothing can be done. */
  thrift() {
    return this.picture?.thrift() ?? "";
  }

  spare() {
    this.picture?.spare();
  }

  destroy() {
    clearInterval(this.timer);
    this.gone = true;
    this.picture?.stop();
    this.picture = null;
  }

  /** What plays it is 180 kB: it comes when the page itself is there. @param {string} playlist */
  async open(playlist) {
    if (this.opening) return;
    this.opening = true;
    try {
      await loaded();
      const { openPicture } = await import("./picture.js");
      if (this.gone) return;
      const url = playlistUrl(playlist, this.root.dataset.mediaBase ?? "", location);
      this.picture = openPicture(this.video, url, this.behind ? { behind: this.behind } : {});
      this.controls.play();
    } catch (error) {
      // The line was down just then: once more when it may be up.
      if (!(error instanceof TypeError)) throw error;
      setTimeout(() => !this.gone && !this.picture && void this.open(playlist), AGAIN_MS);
    } finally {
      this.opening = false;
    }
  }

  watchFrames() {
    if ("requestVideoFrameCallback" in this.video) {
      /** @type {VideoFrameRequestCallback} */
      const shown = (now, frame) => {
        this.frame(now, frame.mediaTime);
        this.video.requestVideoFrameCallback(shown);
      };
      this.video.requestVideoFrameCallback(shown);
    } else {
      /** @type {HTMLVideoElement} */ (this.video).addEventListener("timeupdate", () => this.frame(performance.now()));
    }
  }

  /**
   * @param {number} now performance clock
   * @param {number} [mediaTime]
   */
  frame(now, mediaTime) {
    this.lastFrame = now;
    this.seen = true;
    if (now - this.lastDate < DATE_EVERY_MS) return;
    const date = this.picture?.date();
    if (date === null || date === undefined) return;
    this.lastDate = now;
    this.shownAt = frameDate(date, this.video.currentTime, mediaTime);
    if (this.feed !== "live") this.look(now);
    this.tell("seenow:playing-date", { ms: this.shownAt });
  }

  /** @param {number} now performance clock */
  look(now) {
    const paused = this.controls.paused();
    const feed = feedOf({ stream: this.stream.state, seen: this.seen, paused, still: now - this.lastFrame });
    if (feed !== this.feed) this.show(feed);
    const stuck = feed !== "live" && !paused && this.stream.state === "live" && this.picture;
    if (stuck && now - this.lastNudge > NUDGE_EVERY_MS) {
      this.lastNudge = now;
      this.picture?.nudge();
      this.controls.play();
    }
    if (feed === "ended") this.picture?.stop();
    if (feed === "ended") this.picture = null;
  }

  /** @param {import("./feed.js").Feed} feed */
  show(feed) {
    this.feed = feed;
    this.root.dataset.feed = feed;
    // Over a live picture the slate fades with the words it has.
    if (feed !== "live") this.say(slateText(feed, this.onAir || this.stream.state === "live"));
    this.controls.show(feed);
    this.tell("seenow:feed", { state: feed });
  }

  /** @param {[title: string, text: string]} words */
  say([title, text]) {
    const slate = /** @type {HTMLElement} */ ($(".player__slate", this.root));
    /** @type {HTMLElement} */ ($(".player__slate-title", slate)).textContent = title;
    /** @type {HTMLElement} */ ($(".player__slate-text", slate)).textContent = text;
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  tell(name, detail) {
    if (!this.quiet) document.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** When the page has arrived and is painted. @returns {Promise<void>} */
async function loaded() {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  // Safari knows no idle time.
  const idle = window.requestIdleCallback ?? ((done) => setTimeout(done, 100));
  return new Promise((done) => void idle(() => done(), { timeout: 500 }));
}

/**
 * @param {import("./feed.js").Feed} feed
 * @param {boolean} live whether the show is on the air already
 * @returns {[string, string]}
 */
function slateText(feed, live) {
  if (feed === "lost") return [t("Back in a moment"), t("The picture dropped. Chat and shop go on.")];
  if (feed === "ended") return [t("The show is over"), t("Thank you for watching. What was shown, asked and answered stays at this address.")];
  return live ? [t("The picture is coming"), ""] : [t("The picture starts with the host"), ""];
}

/**
 * `?behind=8` keeps this window eight seconds behind, to see that pins keep to the viewer's own picture.
 * @param {string} query
 * @returns {number}
 */
export function behindFrom(query) {
  const seconds = Number(new URLSearchParams(query).get("behind"));
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 15) : 0;
}
