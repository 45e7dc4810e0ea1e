/** The lines that wait, as a list that never loses one: what arrives twice stands once, what is settled stays so. */

/** @typedef {Record<string, any>} Json */

/**
 * @typedef {{ items: Json[], settled: Set<string> }} Queue oldest first; `settled` are ids decided about
 * @returns {Queue}
 */
export function emptyQueue() {
  return { items: [], settled: new Set() };
}

/** A line came. @param {Queue} queue @param {Json} item @returns {Queue} */
export function waiting(queue, item) {
  const known = queue.settled.has(item["id"]) || queue.items.some((one) => one["id"] === item["id"]);
  return known ? queue : { ...queue, items: [...queue.items, item].sort((a, b) => a["at"] - b["at"]) };
}

/** A line was decided about, here or elsewhere. @param {Queue} queue @param {string} id @returns {Queue} */
export function settled(queue, id) {
  return { items: queue.items.filter((one) => one["id"] !== id), settled: new Set(queue.settled).add(id) };
}

/** The decision was taken back: the line may wait again. @param {Queue} queue @param {string} id @returns {Queue} */
export function reopened(queue, id) {
  const left = new Set(queue.settled);
  left.delete(id);
  return { ...queue, settled: left };
}

/**
 * What the server has, whole. A line it still lists although it was settled while it answered is left out.
 * @param {Queue} queue @param {Json[]} items @param {Set<string>} asked ids settled when it was asked
 * @returns {Queue}
 */
export function replaced(queue, items, asked) {
  const since = new Set([...queue.settled].filter((id) => !asked.has(id)));
  return { items: items.filter((one) => !since.has(one["id"])).sort((a, b) => a["at"] - b["at"]), settled: since };
}

/** The next line to look at when `id` is gone: the one after it, or the last. @param {Json[]} items @param {string} id */
export function nextAfter(items, id) {
  const at = items.findIndex((one) => one["id"] === id);
  const next = items[at + 1] ?? items[at - 1];
  return next?.["id"] ?? "";
}
