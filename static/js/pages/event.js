/** The page before a show: counts down, opens the room when it is open, shares the address. */

import { drawWait } from "../lib/countdown.js";
import { $ } from "../lib/dom.js";
import { syncClock } from "../lib/clock.js";
import { send } from "../lib/http.js";
import { t } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";

const ASK_MS = 10_000;
const wait = $("[data-countdown]");
const until = Date.parse(wait?.dataset["countdown"] ?? "");
const room = wait?.dataset["room"] ?? "";

/** Reload once the room is open; ask only near the time, a page left open all night asks nothing. */
async function look() {
  if (until - Date.now() > 15 * 60_000 || document.hidden) return;
  const asked = performance.now();
  const snapshot = await send("GET", room).catch(() => null);
  if (!snapshot) return;
  syncClock(snapshot.now, performance.now() - asked);
  if (snapshot.event.state === "live") location.reload();
}

if (wait && !Number.isNaN(until)) {
  drawWait(wait, until);
  setInterval(() => drawWait(wait, until), 1000);
  setInterval(look, ASK_MS);
}

const share = $("[data-share]");
if (share && (navigator.share || navigator.clipboard)) {
  share.hidden = false;
  share.addEventListener("click", async () => {
    const url = location.href.split("#")[0] ?? location.href;
    if (navigator.share) await navigator.share({ title: document.title, url }).catch(() => null);
    else await navigator.clipboard.writeText(url).then(() => toast(t("The address is copied.")));
  });
}
