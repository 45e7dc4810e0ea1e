/**
 * The order of a run of show and what may be done with it. Pure: a plan goes in, another comes out.
 *
 * @typedef {{ id: string, brand: string }} Piece
 * @typedef {{ segment: string, brand: string, fixed: boolean, items: Piece[] }} Part a segment (`fixed`: it has begun), or with an empty id the pieces without one, always the last
 */

/** Whether a part may show a piece. @param {Part} part @param {Piece} piece */
export function fits(part, piece) {
  return part.segment === "" || part.brand === piece.brand;
}

/**
 * A piece moved by one place; at the end of its segment it goes on into the next that may show it.
 * @param {Part[]} plan @param {string} id @param {1 | -1} step @returns {Part[]}
 */
export function movedPiece(plan, id, step) {
  const here = plan.findIndex((part) => part.items.some((item) => item.id === id));
  const part = plan[here];
  const at = part?.items.findIndex((item) => item.id === id) ?? -1;
  const piece = part?.items[at];
  if (!part || !piece) return plan;
  const there = at + step;
  if (there >= 0 && there < part.items.length) return placed(plan, id, part.segment, there);
  const beyond = step > 0 ? plan.slice(here + 1) : plan.slice(0, here).reverse();
  const target = beyond.find((other) => fits(other, piece));
  return target ? placed(plan, id, target.segment, step > 0 ? 0 : target.items.length) : plan;
}

/**
 * A piece laid at a place of a segment (counted without it); the plan itself when that may not show it.
 * @param {Part[]} plan @param {string} id @param {string} segment @param {number} place @returns {Part[]}
 */
export function placed(plan, id, segment, place) {
  const piece = plan.flatMap((part) => part.items).find((item) => item.id === id);
  const target = plan.find((part) => part.segment === segment);
  if (!piece || !target || !fits(target, piece)) return plan;
  return plan.map((part) => {
    const items = part.items.filter((item) => item.id !== id);
    if (part === target) items.splice(place, 0, piece);
    return { ...part, items };
  });
}

/**
 * A segment laid at a place among the segments (counted without it). What has begun stays, and stays before.
 * @param {Part[]} plan @param {string} id @param {number} place @returns {Part[]}
 */
export function laid(plan, id, place) {
  const moving = plan.find((part) => part.segment === id);
  if (!moving || moving.fixed) return plan;
  const begun = plan.filter((part) => part.fixed).length;
  const rest = plan.filter((part) => part !== moving && part.segment !== "");
  rest.splice(Math.min(Math.max(place, begun), rest.length), 0, moving);
  return [...rest, ...plan.filter((part) => part.segment === "")];
}

/** A segment moved by one place. @param {Part[]} plan @param {string} id @param {1 | -1} step @returns {Part[]} */
export function movedSegment(plan, id, step) {
  const here = plan.findIndex((part) => part.segment === id);
  return here < 0 ? plan : laid(plan, id, here + step);
}

/** What the API takes. @param {Part[]} plan */
export function asBody(plan) {
  return plan.map((part) => ({ segment: part.segment, items: part.items.map((item) => item.id) }));
}

/** @param {Part[]} one @param {Part[]} other */
export function same(one, other) {
  return JSON.stringify(asBody(one)) === JSON.stringify(asBody(other));
}
