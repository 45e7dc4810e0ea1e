/** What a hand can do here, said once to who comes for the first time. */

import { $ } from "../lib/dom.js";

const KEPT_S = 365 * 24 * 60 * 60;

/** The page brings it along, so that nothing moves when script arrives. @param {import("./context.js").Room} room */
export function wireHint({ root }) {
  const hint = $("[data-hint]", root);
  if (!hint) return;
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
}

/** The server leaves the hint out from now on. */
function know() {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `seenow_room_known=1; path=/; max-age=${KEPT_S}; samesite=lax${secure}`;
}
