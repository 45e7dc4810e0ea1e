/** Money as people write it. Amounts are integers of minor units and never become floats. */

import { language } from "./i18n.js";

/**
 * @param {number} amount minor units, an integer
 * @param {number} digits decimals of the currency
 * @returns {`${number}`} exact decimal text
 */
export function decimal(amount, digits) {
  const sign = amount < 0 ? "-" : "";
  const text = String(Math.abs(amount)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return /** @type {`${number}`} */ (digits ? `${sign}${whole}.${text.slice(-digits)}` : `${sign}${whole}`);
}

/**
 * `formatMoney(125000, "EUR")` is "€1,250.00" on an English page.
 * @param {number} amount minor units, an integer
 * @param {string} currency ISO 4217
 * @param {string} [tag] BCP 47
 * @returns {string}
 * @throws {RangeError} when the amount is no integer
 */
export function formatMoney(amount, currency, tag = language) {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not minor units: ${amount}`);
  const format = new Intl.NumberFormat(tag, { style: "currency", currency });
  return format.format(decimal(amount, format.resolvedOptions().maximumFractionDigits ?? 2));
}
