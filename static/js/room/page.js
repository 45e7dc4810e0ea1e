/** The live room, put together. The buy sheet is the shop's part; without it the pieces link to their own pages. */

import { $ } from "../lib/dom.js";
import { openRoom } from "../room/main.js";
import { mountPlayer } from "../room/player.js";
import { wireSettings } from "../room/settings.js";
import { wireThrift } from "../room/thrift.js";
import { wireWishes } from "../room/wishes.js";

export function openPage() {
  const root = /** @type {HTMLElement} */ ($("[data-room]"));
  const room = openRoom(root);
  const { store } = room;
  wireSettings($("[data-settings]", root), { slug: store.state["event"].slug, store });
  wireThrift(room, mountPlayer(/** @type {HTMLElement} */ ($("[data-player]", root)), { store }));
  wireWishes(root, store.state["event"].slug);
}
