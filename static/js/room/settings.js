/** Who may write: with script the box is saved in place, for a new page would cut picture and camera. */

import { send } from "../lib/http.js";
import { toast } from "../lib/toast.js";

/**
 * @param {HTMLElement | null} root the form, none for people who do not moderate
 * @param {{ slug: string, store: import("./store.js").Store }} room
 */
export function wireSettings(root, { slug, store }) {
  if (!(root instanceof HTMLFormElement)) return;
  const box = /** @type {HTMLInputElement} */ (root.elements.namedItem("chat_needs_account"));
  const draw = () => {
    box.checked = Boolean(store.state["settings"]?.["chat_needs_account"]);
  };
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    send("PATCH", `/api/v1/rooms/${slug}/settings/`, { chat_needs_account: box.checked }).catch((error) => {
      draw();
      toast(error.message, { tone: "error" });
    });
  });
  store.subscribe((_state, frame) => {
    if (frame.type === "room.settings" || frame.type === "hello") draw();
  });
}
