/** The chat of calm mode: what hosts, staff and oneself say, what is said to one, and of the rest a line now and then. */

export const APART_MS = 2500;

/** @typedef {Record<string, any>} Json */

export class Pace {
  /** @param {() => number} [now] ms */
  constructor(now = Date.now) {
    this.now = now;
    this.last = -Infinity;
  }

  /** Whether this line is drawn. @param {Json} line @param {Json} you */
  lets(line, you) {
    const me = you["author"];
    if (line["badge"] || (me && (line["author"] === me || line["mentions"]?.includes(me)))) return true;
    if (this.now() - this.last < APART_MS) return false;
    this.last = this.now();
    return true;
  }
}
