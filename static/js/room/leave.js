/**
 * A way out of the room that stays within this site would take the picture along with the page. While the picture plays,
 * and where the browser has a window of its own for it, a plain click on such a way asks for that window and opens the
 * other page in a tab beside the room, which lives on: chat, bag and picture are as they were when one comes back.
 * Without such a window, and while nothing plays, one leaves as from any page; a click with a key or another button is
 * the browser's.
 */

import { $ } from "../lib/dom.js";

/**
 * Whether a click on a link would put another page of this site in the place of the room.
 * @param {{ button: number, metaKey: boolean, ctrlKey: boolean, shiftKey: boolean, altKey: boolean, defaultPrevented: boolean }} click
 * @param {{ href: string, target: string }} link
 * @param {string} here the address of the room
 */
export function leavesHere(click, link, here) {
  if (click.defaultPrevented || click.button !== 0) return false;
  if (click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return false;
  const [to, from] = [new URL(link.href, here), new URL(here)];
  // Who signs in comes back: a second room would play beside the first.
  if (to.searchParams.has("next")) return false;
  return (link.target === "" || link.target === "_self") && to.origin === from.origin && to.pathname !== from.pathname;
}

/**
 * Whether the picture can go into a window of its own at this moment.
 * @param {{ feed: string, offered: boolean, paused: boolean }} facts
 */
export function pictureCanFollow({ feed, offered, paused }) {
  return feed === "live" && offered && !paused;
}

/** @param {import("./context.js").Room} room */
export function wireLeave({ root }) {
  const player = $("[data-player]", root);
  const video = /** @type {HTMLVideoElement | null} */ ($("video", player ?? root));
  if (!player || !video) return;
  const follows = () => {
    const offered = document.pictureInPictureEnabled && typeof video.requestPictureInPicture === "function";
    return pictureCanFollow({ feed: player.dataset["feed"] ?? "", offered, paused: video.paused });
  };
  // After everything else has heard the click: what opens a sheet leads nowhere.
  addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest?.("a[href]"));
    if (link && leavesHere(event, link, location.href) && follows()) beside(link, video);
  });
}

/**
 * The browser opens the tab by itself, as it does for any link: no window that it might refuse.
 * @param {HTMLAnchorElement} link
 * @param {HTMLVideoElement} video
 */
function beside(link, video) {
  link.target = "_blank";
  link.rel = "noopener";
  setTimeout(() => link.removeAttribute("target"));
  if (document.pictureInPictureElement !== video) video.requestPictureInPicture().catch(() => {});
}
