/** The console's one line of numbers: pure readings of the room and of the sales answer. */

/** @typedef {Record<string, any>} Json */

/**
 * Free pieces of everything in the line-up.
 * @param {Json} room
 */
export function leftOf(room) {
  return room["lineup"].reduce((/** @type {number} */ sum, /** @type {Json} */ item) => sum + freeOf(room["products"][item["product"]]), 0);
}

/**
 * Free pieces of one product, all variants.
 * @param {Json | undefined} product
 */
export function freeOf(product) {
  return (product?.["variants"] ?? []).reduce((/** @type {number} */ sum, /** @type {Json} */ variant) => sum + variant["free"], 0);
}

/**
 * What `/api/v1/events/<slug>/sales/` says, as far as it says it; a number nobody gave is null, never zero.
 * @param {Json} sales
 * @returns {{ sold: number | null, held: number | null, amount: number | null, currency: string }}
 */
export function readSales(sales) {
  const total = sales["total"] ?? sales;
  const net = total["net"] ?? total["amount"] ?? null;
  const money = typeof net === "object" ? net : { amount: net, currency: total["currency"] ?? sales["currency"] };
  return {
    sold: total["pieces"] ?? total["sold"] ?? null,
    held: sales["shelf"]?.["held"] ?? sales["held"] ?? null,
    amount: money?.["amount"] ?? null,
    currency: money?.["currency"] ?? "",
  };
}

/**
 * The one step a host may take from a state, if any.
 * @param {string} state
 * @returns {string | null}
 */
export function nextStep(state) {
  return { scheduled: "rehearsal", rehearsal: "live", live: "ended" }[state] ?? null;
}

/**
 * Seconds for the lag readout: one decimal up to ten, whole beyond.
 * @param {number} seconds
 */
export function lagText(seconds) {
  return seconds < 10 ? Math.max(0, seconds).toFixed(1) : String(Math.round(seconds));
}
