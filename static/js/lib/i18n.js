/** Gettext in the browser. The catalogue is Django's JSONCatalog; English needs none and asks for none. */

/** @typedef {Record<string, string | string[]>} Catalog */

// CLDR's order, which is also the order of gettext's plural forms in the languages we ship.
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];
const hasPage = typeof document !== "undefined";

/** The page's language as a BCP 47 tag Intl understands. */
export const language = (hasPage && document.documentElement.lang) || "en";

/** @type {Catalog} */
let catalog = {};

/**
 * Replace the catalogue; tests and the loader below use it.
 * @param {Catalog} entries
 */
export function useCatalog(entries) {
  catalog = entries;
}

/** @returns {Promise<Catalog>} empty when it cannot be read: the English text then stands */
async function load() {
  const url = document.querySelector('meta[name="i18n-catalog"]')?.getAttribute("content");
  if (!url || language.startsWith("en")) return {};
  try {
    return (await (await fetch(url)).json()).catalog;
  } catch {
    return {};
  }
}

/**
 * Fill `%(name)s` places.
 * @param {string} text
 * @param {Record<string, string | number>} [vars]
 * @returns {string}
 */
export function interpolate(text, vars = {}) {
  return text.replace(/%\((\w+)\)s/g, (place, name) => String(vars[name] ?? place));
}

/**
 * Translate `msgid`.
 * @param {string} msgid
 * @param {Record<string, string | number>} [vars]
 * @returns {string}
 */
export function t(msgid, vars) {
  const entry = catalog[msgid];
  const text = Array.isArray(entry) ? entry[0] : entry;
  return interpolate(text || msgid, vars);
}

/**
 * Translate by number; `%(n)s` is filled with `n` in the page's numerals.
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @param {Record<string, string | number>} [vars]
 * @param {string} [tag] the language whose plural rule counts
 * @returns {string}
 */
export function tn(one, many, n, vars = {}, tag = language) {
  const entry = catalog[one];
  const rules = new Intl.PluralRules(entry ? tag : "en");
  const forms = Array.isArray(entry) && entry.length ? entry : [one, many];
  const used = CATEGORIES.filter((category) => rules.resolvedOptions().pluralCategories.includes(/** @type {any} */ (category)));
  const place = Math.min(used.indexOf(rules.select(n)), forms.length - 1);
  return interpolate(forms[place] || (n === 1 ? one : many), { n: new Intl.NumberFormat(tag).format(n), ...vars });
}

if (hasPage) useCatalog(await load());
