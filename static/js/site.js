/** What every page does: times in the viewer's zone, toasts, drawers. */

import { listenToDialogs } from "./lib/dialog.js";
import { listenToToasts } from "./lib/toast.js";
import { localiseTimes, tellZone } from "./lib/times.js";
import { keepWorker } from "./lib/worker.js";

tellZone();
localiseTimes();
listenToToasts();
listenToDialogs();
keepWorker();
for (const here of document.querySelectorAll("nav ul [aria-current]")) bringIntoSight(here);

/**
 * On a phone a strip of ways is longer than the screen: where one is stands in its middle.
 * @param {Element} here
 */
function bringIntoSight(here) {
  const strip = here.closest("ul");
  if (!strip || strip.scrollWidth <= strip.clientWidth) return;
  const [inner, outer] = [here.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += (inner.left + inner.right - outer.left - outer.right) / 2;
}
