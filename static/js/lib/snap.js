/** Panels that rest at a few heights: pulled by a handle, let go, they settle at the height that was meant. */

/** A pull shorter than this was a tap. */
const SLOP_PX = 6;
/** Longer than this between the last movement and letting go, and it was no throw. */
const STILL_MS = 80;
/** How far a throw carries, in seconds of its own speed. */
const CARRY_S = 0.18;

/**
 * The height a panel settles at when it is let go.
 * @param {Record<string, number>} points names of the heights, as parts of the whole
 * @param {number} at where it is let go
 * @param {number} [speed] parts of the whole per second, upwards positive
 * @returns {string}
 */
export function settle(points, at, speed = 0) {
  const aim = at + speed * CARRY_S;
  const names = Object.keys(points);
  const far = (/** @type {string} */ name) => Math.abs((points[name] ?? 0) - aim);
  return names.reduce((best, name) => (far(name) < far(best) ? name : best), names[0] ?? "");
}

/**
 * The next height up, and from the highest back to the lowest that is open: what the handle does when pressed.
 * @param {string[]} names lowest first
 * @param {string} name
 */
export function nextUp(names, name) {
  return names[(names.indexOf(name) + 1) % names.length] ?? name;
}

/**
 * @typedef {object} Panel
 * @property {() => number} whole the height that counts as 1, in px
 * @property {() => Record<string, number>} points
 * @property {() => number} at its height now, as a part of the whole
 * @property {(part: number) => void} pull called while the finger moves
 * @property {(name: string) => void} rest called when it is let go
 */

/**
 * @param {HTMLElement} handle its CSS says `touch-action: none`
 * @param {Panel} panel
 */
export function wireSnap(handle, { whole, points, at, pull, rest }) {
  /** @type {{ y: number, from: number, moved: boolean, last: number, time: number, speed: number } | null} */
  let grip = null;
  const move = (/** @type {PointerEvent} */ event) => {
    if (!grip || (!grip.moved && Math.abs(event.clientY - grip.y) < SLOP_PX)) return;
    grip.moved = true;
    const took = (event.timeStamp - grip.time) / 1000;
    if (took > 0) grip.speed = (grip.last - event.clientY) / whole() / took;
    Object.assign(grip, { last: event.clientY, time: event.timeStamp });
    pull(Math.min(1, Math.max(0, grip.from + (grip.y - event.clientY) / whole())));
  };
  const end = (/** @type {PointerEvent} */ event) => {
    const held = grip;
    grip = null;
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    if (!held?.moved) return;
    // The click that follows a pull is not a tap on what lies under the finger.
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, true), 0);
    // A finger that stopped before it let go throws nothing.
    rest(settle(points(), at(), event.timeStamp - held.time < STILL_MS ? held.speed : 0));
  };
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || grip) return;
    grip = { y: event.clientY, from: at(), moved: false, last: event.clientY, time: event.timeStamp, speed: 0 };
    // The pointer may leave the handle at once; it is followed wherever it goes.
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  });
}

/** @param {Event} event */
function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}
