/** The first page: what is live moves, silently, once the page itself is done. */

import { $ } from "../lib/dom.js";
import { send } from "../lib/http.js";

const stage = $("[data-onair]");
const root = stage && $("[data-player]", stage);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const thrifty = Reflect.get(Reflect.get(navigator, "connection") ?? {}, "saveData") === true;

/** @param {HTMLElement} player */
async function move(player) {
  const room = await send("GET", `/api/v1/rooms/${stage?.dataset["onair"]}/`);
  const { mountPlayer } = await import("../room/player.js");
  mountPlayer(player, { stream: room.event.stream, quiet: true });
}

if (root && !calm && !thrifty) {
  // The still stands when the room cannot be asked: nothing on this page needs the picture.
  const start = () => move(root).catch(() => null);
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
}
