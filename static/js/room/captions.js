/**
 * Captions: a button that is there from the start and says why when there are none. The choice is remembered in
 * this browser; tracks come with the stream or as <track>.
 */

import { t } from "../lib/i18n.js";

const REMEMBERED = "seenow.captions";

/**
 * The tracks one can read.
 * @template {{ kind: string }} T
 * @param {Iterable<T>} tracks
 * @returns {T[]}
 */
export function readable(tracks) {
  return [...tracks].filter(({ kind }) => kind === "captions" || kind === "subtitles");
}

/**
 * The track to show: in the reader's language, or the first.
 * @template {{ kind: string, language: string }} T
 * @param {Iterable<T>} tracks
 * @param {string} language BCP 47
 * @returns {T | undefined}
 */
export function trackFor(tracks, language) {
  const all = readable(tracks);
  const short = language.slice(0, 2);
  return all.find((track) => track.language.slice(0, 2) === short) ?? all[0];
}

/**
 * @param {HTMLButtonElement | null} button
 * @param {HTMLVideoElement} video
 * @param {string} [language]
 */
export function wireCaptions(button, video, language = document.documentElement.lang) {
  if (!button) return;
  let wanted = remembered();
  const draw = () => {
    const chosen = trackFor(video.textTracks, language);
    for (const track of readable(video.textTracks)) track.mode = wanted && track === chosen ? "showing" : "disabled";
    button.setAttribute("aria-disabled", String(!chosen));
    button.setAttribute("aria-pressed", String(Boolean(chosen) && wanted));
    button.textContent = chosen ? t("Captions") : t("Captions: this show has none");
    button.title = button.textContent;
  };
  button.addEventListener("click", () => {
    if (!trackFor(video.textTracks, language)) return;
    wanted = !wanted;
    remember(wanted);
    draw();
  });
  for (const change of ["addtrack", "removetrack"]) video.textTracks.addEventListener(change, draw);
  draw();
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) === "1";
  } catch {
    return false;
  }
}

/** @param {boolean} on */
function remember(on) {
  try {
    localStorage.setItem(REMEMBERED, on ? "1" : "0");
  } catch {
    // Without storage it holds for this page.
  }
}
