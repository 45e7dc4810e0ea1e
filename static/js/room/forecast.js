/**
 * When every segment will really begin. Pure, in milliseconds; events/domain/forecast.py says the rule in words and
 * computes the same: both are fed tests/wire/forecast.json.
 *
 * @typedef {{ second: number, seconds: number, started_at: number | null, ended_at: number | null }} Slot
 * @typedef {"over" | "skipped" | "now" | "next" | "later"} Stand
 * @typedef {{ stand: Stand, starts_at: number, ends_at: number, late: number }} Expected
 */

/**
 * @param {Slot[]} slots in their order
 * @param {{ startsAt: number, now: number, over?: boolean }} show `over` when it has ended
 * @returns {Expected[]}
 */
export function expected(slots, { startsAt, now, over = false }) {
  const begun = over ? slots.length : slots.reduce((last, slot, place) => (slot.started_at === null ? last : place + 1), 0);
  let free = startsAt;
  let plannedEnd = 0;
  return slots.map((slot, place) => {
    const planned = startsAt + slot.second * 1000;
    const follows = place > 0 && slot.second <= plannedEnd;
    const one =
      place < begun
        ? been(slot, planned, { free, now })
        : coming(slot, planned, Math.max(follows ? free : Math.max(planned, free), now), place === begun);
    free = one.ends_at;
    plannedEnd = slot.second + slot.seconds;
    return one;
  });
}

/** @param {Slot} slot @param {number} planned @param {number} start @param {boolean} first @returns {Expected} */
function coming(slot, planned, start, first) {
  return { stand: first ? "next" : "later", starts_at: start, ends_at: start + slot.seconds * 1000, late: start - planned };
}

/** @param {Slot} slot @param {number} planned @param {{ free: number, now: number }} at @returns {Expected} */
function been(slot, planned, { free, now }) {
  const { started_at: start, ended_at: end, seconds } = slot;
  if (start === null) return { stand: "skipped", starts_at: free, ends_at: free, late: 0 };
  if (end !== null) return { stand: "over", starts_at: start, ends_at: end, late: start - planned };
  return { stand: "now", starts_at: start, ends_at: Math.max(start + seconds * 1000, now), late: start - planned };
}
