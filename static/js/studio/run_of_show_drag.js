/** Dragging with a pointer, finger or pen: what is held moves as one drags, is let go where it lies, and Escape puts it back. */

const EDGE = 72;
const SCROLL = 14;

/**
 * @typedef {import("./plan.js").Part} Part
 * @typedef {{ kind: "piece" | "segment", id: string, node: HTMLElement }} Held
 * @typedef {{ over: (held: Held, x: number, y: number) => void, done: (held: Held) => void, undone: (held: Held) => void }} Hands
 */

/**
 * @param {HTMLElement} root
 * @param {Hands} hands
 */
export function wireDrag(root, hands) {
  /** @type {Held | null} */
  let held = null;
  const end = (/** @type {boolean} */ kept) => {
    if (!held) return;
    held.node.classList.remove("is-held");
    root.classList.remove("is-dragging");
    if (kept) hands.done(held);
    else hands.undone(held);
    held = null;
  };
  root.addEventListener("pointerdown", (event) => {
    const grip = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-grip]"));
    if (!grip || event.button !== 0) return;
    held = heldBy(grip);
    if (!held) return;
    grip.setPointerCapture(event.pointerId);
    held.node.classList.add("is-held");
    root.classList.add("is-dragging");
  });
  root.addEventListener("pointermove", (event) => {
    if (!held) return;
    event.preventDefault();
    scrollNear(event.clientY);
    hands.over(held, event.clientX, event.clientY);
  });
  root.addEventListener("pointerup", () => end(true));
  root.addEventListener("pointercancel", () => end(false));
  addEventListener("keydown", (event) => event.key === "Escape" && end(false));
}

/** @param {HTMLElement} grip @returns {Held | null} */
function heldBy(grip) {
  const kind = grip.dataset["grip"] === "segment" ? "segment" : "piece";
  const node = /** @type {HTMLElement | null} */ (grip.closest(kind === "segment" ? "[data-segment]" : "[data-piece]"));
  return node && { kind, id: node.dataset[kind] ?? "", node };
}

/** @param {number} y */
function scrollNear(y) {
  if (y < EDGE) scrollBy(0, -SCROLL);
  else if (y > innerHeight - EDGE) scrollBy(0, SCROLL);
}
