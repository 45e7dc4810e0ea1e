/** The reader's place in a list that grows: it follows at the end, and stays where it is anywhere else. */

import { tn } from "../lib/i18n.js";

const NEAR_END_PX = 48;
const HOLDS = 40;

export class Place {
  /**
   * @param {HTMLElement} list the scrolling element
   * @param {HTMLElement} more the button that says how many lines are new, and leads to them
   * @param {() => void} [caughtUp] called before the end is shown again
   */
  constructor(list, more, caughtUp = () => {}) {
    this.list = list;
    this.more = more;
    this.caughtUp = caughtUp;
    this.following = true;
    this.unread = 0;
    this.top = 0;
    list.addEventListener("scroll", () => this.moved(), { passive: true });
    more.addEventListener("click", () => {
      this.toEnd();
      list.focus({ preventScroll: true });
    });
    new ResizeObserver(() => this.following && this.toEnd()).observe(list);
  }

  moved() {
    const { scrollTop, clientHeight, scrollHeight } = this.list;
    // A list that is not shown has no end to be at.
    if (!clientHeight) return;
    // Only going up leaves the end: a list that shrinks, or a line that grows, is nobody's wish to stay.
    const up = scrollTop < this.top - 1;
    this.top = scrollTop;
    const following = scrollHeight - scrollTop - clientHeight < NEAR_END_PX || (this.following && !up);
    if (following && !this.following && this.unread) return this.toEnd();
    this.following = following;
    if (following) this.read();
  }

  /**
   * Change the list; whoever reads further up sees the same line at the same height afterwards.
   * @param {() => void} change
   */
  keep(change) {
    if (this.following) {
      change();
      this.list.scrollTop = this.list.scrollHeight;
      return;
    }
    const before = this.seen().map((line) => /** @type {const} */ ([line, line.offsetTop]));
    change();
    const stayed = before.find(([line]) => line.isConnected && !line.hidden);
    if (stayed) this.list.scrollTop += stayed[0].offsetTop - stayed[1];
  }

  /** The lines from the first that shows on; whichever of them stays is the one to hold on to. */
  seen() {
    const lines = /** @type {HTMLElement[]} */ ([...this.list.children]);
    const first = lines.findIndex((line) => !line.hidden && line.offsetTop + line.offsetHeight > this.list.scrollTop);
    return first < 0 ? [] : lines.slice(first, first + HOLDS).filter((line) => !line.hidden);
  }

  toEnd() {
    this.caughtUp();
    this.following = true;
    this.list.scrollTop = this.list.scrollHeight;
    this.read();
  }

  read() {
    if (!this.unread) return;
    this.unread = 0;
    this.more.hidden = true;
  }

  /** @param {number} lines that came while somebody read further up */
  count(lines) {
    if (this.following || !lines) return;
    this.unread += lines;
    this.more.hidden = false;
    this.more.textContent = tn("%(n)s new", "%(n)s new", this.unread);
  }
}
