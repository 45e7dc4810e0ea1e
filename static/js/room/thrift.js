/**
 * A slow line: when the picture keeps stopping, or the device asks to save data, the viewer is offered a smaller
 * picture. Where the stream has only one size it plays further behind instead, which stops less often.
 */

import { $, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";

/** This many stops within this time is a slow line and not a hiccup. */
export const STOPS = 3;
export const WITHIN_MS = 45_000;
const SLOW = ["slow-2g", "2g", "3g"];

/**
 * @param {number[]} stops moments the picture stopped, ms
 * @param {number} now ms
 */
export function isSlow(stops, now) {
  return stops.filter((at) => now - at < WITHIN_MS).length >= STOPS;
}

/** @param {{ saveData?: boolean, effectiveType?: string } | undefined} line `navigator.connection`, where there is one */
export function asksToSave(line) {
  return Boolean(line?.saveData) || SLOW.includes(line?.effectiveType ?? "");
}

/**
 * @param {import("./context.js").Room} room
 * @param {import("./player.js").Player} player
 */
export function wireThrift({ root, announce }, player) {
  const place = $("[data-slow]", root);
  if (!place) return;
  /** @type {number[]} */
  let stops = [];
  let settled = false;
  let moving = false;
  const offer = () => {
    const way = player.thrift();
    if (settled || !way || !place.hidden) return;
    const label = way === "smaller" ? t("A smaller picture, the sound first") : t("A little later, with fewer stops");
    place.replaceChildren(
      h("p", null, t("Your connection is slow.")),
      h("button", { class: "button button--small", type: "button", onclick: save }, label),
      h("button", { class: "button button--icon", type: "button", onclick: away, "aria-label": t("Leave it as it is") }, icon("close")),
    );
    place.hidden = false;
    announce(t("Your connection is slow."));
  };
  const away = () => {
    settled = true;
    place.hidden = true;
    $("[data-player]", root)?.focus({ preventScroll: true });
  };
  const save = () => {
    const way = player.thrift();
    player.spare();
    away();
    announce(way === "smaller" ? t("The picture is smaller now.") : t("The show runs a little later and stops less."));
  };
  document.addEventListener("seenow:feed", (event) => {
    moving = /** @type {CustomEvent} */ (event).detail.state === "live";
    const line = /** @type {any} */ (navigator)["connection"];
    if (moving && asksToSave(line)) offer();
  });
  player.video.addEventListener("waiting", () => {
    // Before the first picture everybody waits.
    if (!moving || document.hidden || player.video.seeking) return;
    stops = [...stops, performance.now()].slice(-STOPS);
    if (isSlow(stops, performance.now())) offer();
  });
}
