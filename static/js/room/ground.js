/**
 * What lies around the picture where it does not fill the screen: its own colours, drawn small and blurred by the
 * style sheet. Says on the player whether the picture is wide or tall.
 */

import { $ } from "../lib/dom.js";
import { isCalm } from "./calm.js";

const EVERY_MS = 1200;
const EVERY_CALM_MS = 6000;

/**
 * @param {number} width
 * @param {number} height
 * @returns {"wide" | "tall" | ""} empty while unknown
 */
export function shapeOf(width, height) {
  if (!width || !height) return "";
  return width > height ? "wide" : "tall";
}

/** @param {HTMLElement} player */
export function wireGround(player) {
  const video = /** @type {HTMLVideoElement} */ ($("video", player));
  const canvas = /** @type {HTMLCanvasElement | null} */ ($("[data-ground]", player));
  const look = () => {
    const shape = shapeOf(video.videoWidth, video.videoHeight);
    if (shape) player.dataset["shape"] = shape;
  };
  for (const change of ["loadedmetadata", "resize"]) video.addEventListener(change, look);
  look();
  const pen = canvas?.getContext("2d");
  if (!canvas || !pen) return;
  const draw = () => {
    if (!document.hidden && player.dataset["feed"] === "live" && video.readyState >= 2) {
      pen.drawImage(video, 0, 0, canvas.width, canvas.height);
      player.toggleAttribute("data-lit", true);
    }
    setTimeout(draw, isCalm() ? EVERY_CALM_MS : EVERY_MS);
  };
  draw();
}
