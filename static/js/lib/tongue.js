/** Words people wrote themselves, on a page in another language: which voice reads them. As accounts/tongues.py. */

/** @type {[string, RegExp][]} */
const SCRIPTS = [
  ["ja", /[\u3040-\u30ff]/],
  ["ko", /[\u1100-\u11ff\uac00-\ud7af]/],
  ["zh", /[\u3400-\u4dbf\u4e00-\u9fff]/],
  ["ar", /[\u0600-\u06ff]/],
  ["he", /[\u0590-\u05ff]/],
  ["hi", /[\u0900-\u097f]/],
  ["th", /[\u0e00-\u0e7f]/],
  ["", /[\u0370-\u052f]/],
  ["en", /[A-Za-z\u00c0-\u024f]/],
];

/** @type {Record<string, string[]>} */
const PAGES = {
  zh: ["zh"], ja: ["ja", "zh"], ko: ["ko", "zh"], yue: ["zh"],
  ar: ["ar"], fa: ["ar"], ur: ["ar"], he: ["he"], hi: ["hi"], mr: ["hi"], th: ["th"],
  el: [], ru: [], uk: [], bg: [], sr: [],
};

/**
 * The tag of `text` when its script is not the page's, else null: an attribute `h` leaves out.
 * @param {unknown} text
 * @param {string} [page]
 */
export function tongueOf(text, page = document.documentElement.lang) {
  const words = String(text ?? "");
  const found = SCRIPTS.find(([, letters]) => letters.test(words))?.[0];
  const own = PAGES[page.toLowerCase().split("-")[0] ?? ""] ?? ["en"];
  return found && !own.includes(found) ? found : null;
}

/** Write `text` into `element` and say its language. @param {Element | null} element @param {unknown} text */
export function setWords(element, text) {
  if (!element) return;
  element.textContent = String(text ?? "");
  const found = tongueOf(text);
  if (found) element.setAttribute("lang", found);
  else element.removeAttribute("lang");
}
