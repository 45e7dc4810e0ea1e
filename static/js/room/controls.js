/** Play, sound and picture in picture: buttons and keys of the player. */

import { $ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/**
 * @param {HTMLElement} root
 * @param {HTMLVideoElement} video
 */
export function wireControls(root, video) {
  const button = (/** @type {string} */ name) => /** @type {HTMLButtonElement} */ ($(`[data-act="${name}"]`, root));
  const play = button("play");
  const sound = button("sound");
  const pip = button("pip");
  const captions = button("captions");
  let wantsPause = false;

  const start = () => {
    wantsPause = false;
    // Refused without a touch on some phones: the button then asks for one.
    video.play().then(
      () => (play.hidden = true),
      () => (play.hidden = root.dataset.feed === "idle"),
    );
  };
  const toggleSound = () => {
    video.muted = !video.muted;
    if (!video.muted && video.paused) start();
  };
  const togglePlay = () => {
    if (video.paused) return start();
    wantsPause = true;
    video.pause();
    play.hidden = false;
  };
  const togglePip = () => {
    const leaving = document.pictureInPictureElement === video;
    (leaving ? document.exitPictureInPicture() : video.requestPictureInPicture()).catch(() => {});
  };

  /** @type {Record<string, () => void>} */
  const keys = { " ": togglePlay, k: togglePlay, m: toggleSound, c: () => captions?.click(), p: togglePip };
  root.addEventListener("keydown", (event) => {
    const act = event.target === root && !event.ctrlKey && !event.metaKey && !event.altKey ? keys[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
  play.addEventListener("click", togglePlay);
  sound.addEventListener("click", toggleSound);
  pip.addEventListener("click", togglePip);
  video.addEventListener("volumechange", () => showSound(sound, video.muted));
  showSound(sound, video.muted);

  return {
    play: start,
    /** Whether the viewer paused; a browser that pauses by itself does not count. */
    paused: () => wantsPause && video.paused,
    /** @param {string} feed */
    show(feed) {
      const off = feed !== "live" && feed !== "lost";
      sound.hidden = off;
      if (captions) captions.hidden = off;
      pip.hidden = off || !document.pictureInPictureEnabled || typeof video.requestPictureInPicture !== "function";
    },
  };
}

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} muted
 */
function showSound(button, muted) {
  button.setAttribute("aria-pressed", String(!muted));
  button.textContent = muted ? t("Turn the sound on") : t("Sound off");
}
