/**
 * A piece in 3D over its still. The viewer (model-viewer, 290 kB) is fetched when somebody wants to turn the piece;
 * until its first frame is drawn the still stays. The markup is templates/catalog/_model.html.
 */

import { $, $$, h } from "./dom.js";
import { t } from "./i18n.js";
import { toast } from "./toast.js";

const ONE_TURN_MS = 12_000;

/**
 * Wire every model of `root` that is not wired yet.
 * @param {ParentNode} [root]
 */
export function wireModels(root = document) {
  for (const holder of $$("[data-model][hidden]", root)) {
    holder.hidden = false;
    $("[data-turn]", holder)?.addEventListener("click", () => (viewerOf(holder) ? stop(holder) : turn(holder)));
    holder.closest("dialog")?.addEventListener("close", () => stop(holder));
  }
}

/**
 * Put the stills of `root` back and give the graphics memory free.
 * @param {ParentNode} [root]
 */
export function stopModels(root = document) {
  $$("[data-model]", root).forEach(stop);
}

/** @param {HTMLElement} holder */
const viewerOf = (holder) => $("model-viewer", holder);

/** @param {HTMLElement} holder */
async function turn(holder) {
  holder.setAttribute("aria-busy", "true");
  say(holder, t("One moment"));
  try {
    const { makeViewer } = await import("./model_viewer.js");
    await show(holder, makeViewer);
  } catch {
    stop(holder);
    toast(t("This piece cannot be turned here."));
  } finally {
    holder.removeAttribute("aria-busy");
  }
}

/**
 * Lay the viewer over the still as soon as its first frame is drawn; an error when it cannot be drawn.
 * @param {HTMLElement} holder
 * @param {typeof import("./model_viewer.js").makeViewer} makeViewer
 */
async function show(holder, makeViewer) {
  const { model = "", name = "" } = holder.dataset;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const viewer = makeViewer(holder, model, {
    alt: t("%(name)s, to be turned. Arrow keys turn it.", { name }),
    turning: !calm,
    wheel: false,
  });
  viewer.append(h("button", { class: "turn__ar", slot: "ar-button", type: "button" }, t("See it in your room")));
  await new Promise((drawn, broken) => {
    viewer.addEventListener("load", drawn, { once: true });
    viewer.addEventListener("error", broken, { once: true });
  });
  holder.classList.add("turn--on");
  say(holder, t("Back to the picture"));
  // Nothing loops: it presents itself once, and rests as soon as somebody takes it in hand.
  const rest = () => viewer.removeAttribute("auto-rotate");
  setTimeout(rest, ONE_TURN_MS);
  viewer.addEventListener("pointerdown", rest, { once: true });
  viewer.addEventListener("keydown", rest, { once: true });
}

/** @param {HTMLElement} holder */
function stop(holder) {
  viewerOf(holder)?.remove();
  holder.classList.remove("turn--on");
  say(holder, t("Turn it"));
}

/** @param {HTMLElement} holder @param {string} words */
function say(holder, words) {
  const word = $("[data-turn-word]", holder);
  if (word) word.textContent = words;
}
