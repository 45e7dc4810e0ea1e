/** What a hand can do here, said once to who comes for the first time. */

import { $ } from "../lib/dom.js";

const SEEN = "seenow.room.known";

/** @param {import("./context.js").Room} room */
export function showHint({ root }) {
  const hint = $("[data-hint]", root);
  if (!hint || known()) return;
  const away = () => {
    if (hint.hidden) return;
    const within = hint.contains(document.activeElement);
    hint.hidden = true;
    know();
    if (within) $("[data-player]", root)?.focus({ preventScroll: true });
  };
  $("button", hint)?.addEventListener("click", away);
  // Whoever has found out by themselves need not read it.
  document.addEventListener("seenow:piece", away);
  document.addEventListener("seenow:buy", away);
  hint.hidden = false;
}

function known() {
  try {
    return localStorage.getItem(SEEN) === "1";
  } catch {
    return true;
  }
}

function know() {
  try {
    localStorage.setItem(SEEN, "1");
  } catch {
    // Without storage it was not shown.
  }
}
