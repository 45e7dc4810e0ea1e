/** The first page: what is live moves, silently, once the page itself is done. */

import { $ } from "../lib/dom.js";

const stage = $("[data-onair]");
const root = stage && $("[data-player]", stage);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const thrifty = Reflect.get(Reflect.get(navigator, "connection") ?? {}, "saveData") === true;

/** @param {HTMLElement} player */
async function move(player) {
  const [{ send }, { mountPlayer }] = await Promise.all([import("../lib/http.js"), import("../room/player.js")]);
  const room = await send("GET", `/api/v1/rooms/${stage?.dataset["onair"]}/`);
  mountPlayer(player, { stream: room.event.stream, quiet: true });
}

if (root && !calm && !thrifty) {
  // The still stands when the room cannot be asked: nothing on this page needs the picture.
  const start = () => move(root).catch(() => null);
  const once = { once: true, passive: true };
  const wide = matchMedia("(width >= 64rem)").matches;
  // Half a megabyte of player and picture: on a phone only for whoever stays, and touches or scrolls.
  if (!wide) for (const sign of ["pointerdown", "scroll", "keydown"]) addEventListener(sign, first, once);
  else if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });

  let begun = false;
  function first() {
    if (!begun) start();
    begun = true;
  }
}
