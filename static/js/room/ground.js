/**
 * What lies around the picture where it does not fill the screen: its own colours, drawn small and softened once, here.
 * A blur in the style sheet would be computed anew for every frame of the picture above it: four fifths of a processor
 * where no graphics card helps, and battery where one does. Says on the player whether the picture is wide or tall.
 */

import { $ } from "../lib/dom.js";
import { isCalm } from "./calm.js";

const EVERY_MS = 1200;
const EVERY_CALM_MS = 6000;
/** So many points of colour on a side are left of the picture. */
const POINTS = 8;
/** Laid over each other this far apart, in points, they run into each other. */
const SHIFTS = [-0.75, -0.375, 0, 0.375, 0.75];

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
  if (!canvas) return;
  const colours = Object.assign(document.createElement("canvas"), { width: POINTS, height: POINTS });
  const draw = () => {
    if (!document.hidden && player.dataset["feed"] === "live" && video.readyState >= 2) {
      colours.getContext("2d")?.drawImage(video, 0, 0, POINTS, POINTS);
      soften(canvas, colours);
      player.toggleAttribute("data-lit", true);
    }
    setTimeout(draw, isCalm() ? EVERY_CALM_MS : EVERY_MS);
  };
  draw();
}

/**
 * The mean of the colours laid over each other at every shift: each new layer has its share of those so far.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement} colours
 */
function soften(canvas, colours) {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const { width, height } = canvas;
  pen.imageSmoothingQuality = "high";
  let layers = 0;
  for (const across of SHIFTS) {
    for (const down of SHIFTS) {
      layers += 1;
      pen.globalAlpha = 1 / layers;
      // A point wider on every side, so that no shift bares an edge.
      const [step, rise] = [width / (POINTS - 2), height / (POINTS - 2)];
      pen.drawImage(colours, (across - 1) * step, (down - 1) * rise, POINTS * step, POINTS * rise);
    }
  }
}
