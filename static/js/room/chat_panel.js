/**
 * On a phone the chat is a few lines over the picture. Pulled or tapped it becomes a panel of half the height or all
 * of it; the piece on the stage then stands above it, with its price. On a desk it is a column and none of this acts.
 */

import { $ } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { nextUp, wireSnap } from "../lib/snap.js";

/** Where the chat lies on the picture; room.css says the same. */
export const OVERLAY = "(width < 64rem) and ((height > 30rem) or (width < 36rem))";
const NAMES = ["lines", "half", "full"];
/** The panel's heights as parts of the room; `full` leaves the top line and the piece in sight. */
const POINTS = { lines: 0.26, half: 0.5, full: 0.78 };

/** @param {import("./context.js").Room} room */
export function wireChatPanel({ root }) {
  const grab = $("[data-chat-grab]", root);
  const head = $(".room__talk-head", root);
  const talk = $(".room__talk", root);
  if (!grab || !head || !talk) return;
  const set = (/** @type {string} */ name) => {
    root.dataset["talkAt"] = name;
    delete root.dataset["pulled"];
    root.style.removeProperty("--talk");
    grab.setAttribute("aria-expanded", String(name !== "lines"));
    grab.setAttribute("aria-label", grabText(name));
  };
  grab.addEventListener("click", () => set(nextUp(NAMES, root.dataset["talkAt"] ?? "lines")));
  talk.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || root.dataset["talkAt"] === "lines") return;
    set("lines");
    grab.focus();
  });
  const overlay = matchMedia(OVERLAY);
  overlay.addEventListener("change", () => set("lines"));
  wireSnap(head, {
    whole: () => root.clientHeight,
    points: () => POINTS,
    at: () => (root.dataset["talkAt"] === "lines" ? POINTS.lines : talk.getBoundingClientRect().height / root.clientHeight),
    pull(part) {
      if (!overlay.matches) return;
      if (root.dataset["talkAt"] === "lines") root.dataset["talkAt"] = "half";
      root.dataset["pulled"] = "";
      root.style.setProperty("--talk", `${part * 100}%`);
    },
    rest: (name) => overlay.matches && set(name),
  });
  set("lines");
}

/** What pressing the handle does next. @param {string} name */
export function grabText(name) {
  if (name === "lines") return t("Open the chat");
  return name === "half" ? t("The whole chat") : t("Close the chat");
}
