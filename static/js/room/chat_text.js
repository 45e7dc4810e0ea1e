/** The words of a line, taken apart: addresses, people's names, emoji. Pure. */

/**
 * @typedef {{ kind: "text" | "link" | "at" | "me", text: string, href?: string }} Piece
 * @typedef {{ links?: boolean, names?: string[], me?: string }} Reading `names`: whom the line mentions, `me` among them
 */

// Only whole https addresses: a bare name would have to be guessed, and http can be read on the way.
const HTTPS = /https:\/\/[^\s<>"'«»“”（）()[\]{}，。、]+/giu;
const TRAILING = /[.,;:!?…*_]+$/u;
const LONGEST_SHOWN = 40;
/** A line with more than this is folded; wide writing fills the same lines with half the letters. */
const LONG = 280;
const ALONE = 3;
const WIDE = /[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu;
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const WORDS = /[\p{L}\p{N}]/u;
const SCRIPTS = ["Latin", "Cyrillic", "Greek", "Han", "Hiragana", "Katakana", "Hangul", "Arabic", "Hebrew", "Thai", "Devanagari"].map(
  (script) => new RegExp(`\\p{Script=${script}}`, "u"),
);
// Scripts that are written together by nature.
const JAPANESE = 0b0111000;

/**
 * The line in pieces, in order; joined they are the line, but for addresses that are shown shorter.
 * @param {string} text
 * @param {Reading} [reading]
 * @returns {Piece[]}
 */
export function pieces(text, { links = false, names = [], me = "" } = {}) {
  const found = [...(links ? linksIn(text) : []), ...namesIn(text, names, me)].sort((a, b) => a.from - b.from);
  /** @type {Piece[]} */
  const parts = [];
  let at = 0;
  for (const { from, to, piece } of found) {
    if (from < at) continue;
    if (from > at) parts.push({ kind: "text", text: text.slice(at, from) });
    parts.push(piece);
    at = to;
  }
  if (at < text.length) parts.push({ kind: "text", text: text.slice(at) });
  return parts;
}

/** @param {string} text @returns {{ from: number, to: number, piece: Piece }[]} */
function linksIn(text) {
  return [...text.matchAll(HTTPS)].flatMap((match) => {
    const written = match[0].replace(TRAILING, "");
    const link = linkOf(written);
    return link ? [{ from: match.index, to: match.index + written.length, piece: { kind: /** @type {const} */ ("link"), ...link } }] : [];
  });
}

/**
 * Where an address leads and what is shown of it: the true host first, or null for one that hides it.
 * @param {string} written
 * @returns {{ href: string, text: string } | null}
 */
export function linkOf(written) {
  let url;
  try {
    url = new URL(written);
  } catch {
    return null;
  }
  // "https://brand.com@evil.example" shows one host and opens another.
  if (url.protocol !== "https:" || url.username || url.password || !url.hostname.includes(".")) return null;
  const said = /^https:\/\/([^/?#:]+)/iu.exec(written)?.[1]?.toLowerCase() ?? "";
  const host = isOneScript(said) ? said : url.hostname;
  const rest = `${url.pathname}${url.search}`.replace(/^\/$/, "");
  const shown = `${host}${url.port && `:${url.port}`}${rest}`;
  return { href: url.href, text: shown.length > LONGEST_SHOWN ? `${shown.slice(0, Math.max(host.length, LONGEST_SHOWN))}…` : shown };
}

/** Whether all letters of a host are of one script, so that none can pass for another's. @param {string} host */
export function isOneScript(host) {
  if (/^[\x21-\x7e]*$/.test(host)) return true;
  if (host.normalize("NFKC") !== host) return false;
  // The ending may be of its own script ("例子.com"), the name before it not mixed.
  return host.split(".").every((label) => {
    const used = SCRIPTS.reduce((sum, script, place) => sum | (script.test(label) ? 1 << place : 0), 0);
    const one = (used & (used - 1)) === 0 || (used & ~JAPANESE) === 0;
    // Cyrillic or Greek beside a Latin ending is the classic look-alike.
    return one && !(/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(label) && /[a-z]/.test(host));
  });
}

/**
 * @param {string} text
 * @param {string[]} names
 * @param {string} me
 * @returns {{ from: number, to: number, piece: Piece }[]}
 */
function namesIn(text, names, me) {
  const read = text.toLowerCase();
  // Where lower case has another length, places would be off by it.
  if (read.length !== text.length) return [];
  return [...new Set(names)].filter(Boolean).sort((a, b) => b.length - a.length).flatMap((name) => {
    const from = read.indexOf(`@${name.toLowerCase()}`);
    const to = from + name.length + 1;
    return from < 0 ? [] : [{ from, to, piece: { kind: name === me ? /** @type {const} */ ("me") : /** @type {const} */ ("at"), text: text.slice(from, to) } }];
  });
}

/** Whether the line is nothing but one to three emoji. @param {string} text */
export function isEmojiAlone(text) {
  if (text.length > 48 || WORDS.test(text.replace(/[0-9#*]\ufe0f?\u20e3/gu, "")) || !EMOJI.test(text)) return false;
  const shown = [...new Intl.Segmenter().segment(text.replaceAll(" ", ""))].map((part) => part.segment);
  return shown.length <= ALONE && shown.every((one) => EMOJI.test(one));
}

/** Whether the line is so long that it is folded at first. @param {string} text */
export function isLong(text) {
  return text.length > LONG / 2 && text.length + (text.match(WIDE)?.length ?? 0) > LONG;
}

/** The first words of a line, for a quote. @param {string} text @param {number} [most] characters */
export function shortened(text, most = 60) {
  const shown = [...new Intl.Segmenter().segment(text.slice(0, most * 16))].map((part) => part.segment);
  return shown.length > most ? `${shown.slice(0, most - 1).join("").trimEnd()}…` : shown.join("");
}
