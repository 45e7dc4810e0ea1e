/**
 * Whether two questions ask the same: by the shingles of their words, in any script, without a dictionary.
 * livechat/domain/alike.py does the same in Python and both are fed tests/wire/alike.json.
 */

/** Sharing so much of their shingles, two questions about one piece ask the same. */
export const ALIKE = 0.5;

// Written without spaces between words: pairs of characters stand in for words there.
const UNSPACED = /[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]/;
const WORD = /[\p{L}\p{N}_]+/gu;
// What nearly every question has and no question is about.
const FILLERS = new Set(
  `
a an the is are was it its this that these those of in on at to for and or do does did can could will would
you i we me my your have has be there one please just so
le la les un une des du de et est ce que ces cette il elle en au aux vous je se c l d s qu y t
el los las una unos es del esta este lo se por para con son
der die das ein eine ist sind und zu im den dem man auch
gli e di che si per questo questa o os um uma da é ele ela com
吗 呢 的 了 是 这 个 条 有 啊 吧 么 能 可 以 请 问 会 を は が に の か で す ま と も
이 그 은 는 를 을 가 에 هل ما في من هذا هذه على و
`.match(/\S+/g),
);

/**
 * How much two texts share, 0 to 1 (Dice's coefficient over their shingles).
 * @param {string} one
 * @param {string} other
 */
export function similarity(one, other) {
  const a = shingles(one);
  const b = shingles(other);
  if (!a.size || !b.size) return 0;
  const both = [...a].filter((part) => b.has(part)).length;
  return (2 * both) / (a.size + b.size);
}

/**
 * The questions that ask the same as `text`, the likest first.
 * @template {Record<string, any>} Question
 * @param {string} text
 * @param {Question[]} questions
 * @param {number} [most]
 * @returns {Question[]}
 */
export function likest(text, questions, most = 3) {
  return questions
    .map((question) => ({ question, share: similarity(text, question["text"]) }))
    .filter(({ share }) => share >= ALIKE)
    .sort((a, b) => b.share - a.share)
    .slice(0, most)
    .map(({ question }) => question);
}

/**
 * Threes of letters of each word that says something, its ends marked; pairs where words have no ends.
 * @param {string} text
 */
export function shingles(text) {
  const words = text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
  const telling = words.filter((word) => !FILLERS.has(word));
  return new Set((telling.length ? telling : [...words]).flatMap(parts));
}

/** @param {string} word */
function parts(word) {
  if (!UNSPACED.test(word)) return runs([..." ", ...word, ..." "], 3);
  const kept = [...word].filter((char) => !FILLERS.has(char));
  const chars = kept.length ? kept : [...word];
  return chars.length > 1 ? runs(chars, 2) : chars;
}

/** @param {string[]} chars @param {number} length */
function runs(chars, length) {
  return chars.slice(0, Math.max(0, chars.length - length + 1)).map((_char, at) => chars.slice(at, at + length).join(""));
}
