/** Rewrites `<time datetime="…" data-time="clock">` into the viewer's own zone. Without script the server's text stands. */

import { $$ } from "./dom.js";
import { formatTime } from "./clock.js";

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const SHAPES = {
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { weekday: "long", day: "numeric", month: "long" },
  short: { weekday: "short", day: "numeric", month: "short" },
  date: { day: "numeric", month: "long", year: "numeric" },
  moment: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  zone: { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" },
};

/**
 * @param {ParentNode} [root]
 */
export function localiseTimes(root = document) {
  for (const element of $$("time[data-time]", root)) {
    const shape = SHAPES[element.dataset["time"] ?? ""];
    const moment = element.getAttribute("datetime");
    if (shape && moment && !Number.isNaN(Date.parse(moment))) element.textContent = formatTime(moment, shape);
  }
}

// Read by accounts/domain/preferences.py, so that the server's own times are right from the second page on.
const ZONE_COOKIE = "seenow_zone";
const YEAR_S = 31_536_000;

/** Tell the server the browser's time zone. */
export function tellZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const secure = location.protocol === "https:" ? "; secure" : "";
  if (zone) document.cookie = `${ZONE_COOKIE}=${zone}; path=/; max-age=${YEAR_S}; samesite=lax${secure}`;
}
