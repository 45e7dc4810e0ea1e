/** What a moderator does, as requests: each answer names its acts, and what was done can be undone. */

import { $$ } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {{ id: string, author: string, name: string }} Target a line and whose it is
 * @typedef {{ kind: "timeout" | "ban" | "hide", seconds?: number, scope: "event" | "brand" }} Sanction
 */

/** The lengths of a timeout, in seconds. */
export const TIMEOUTS = [10, 60, 300, 1800, 86_400];
/** How long a wave's sender is kept from writing by the one button that also clears. */
export const WAVE_SECONDS = 300;
const UNDO_MS = 10_000;

/**
 * Whether `you` may act on this line: never on people at work, never on oneself.
 * @param {Json} you
 * @param {{ author?: string, badge?: string }} line
 */
export function mayModerate(you, line) {
  return Boolean(you["grade"] && line.author && !line.badge && line.author !== you["author"]);
}

/** @param {Json} you */
export function isLead(you) {
  return you["grade"] === "lead";
}

/**
 * Only the last act's way back stands on the page; all of them stand in the record.
 * @param {string} text
 * @param {Parameters<typeof toast>[1]} [options]
 */
function sayLast(text, options) {
  for (const before of $$("[data-toasts] .toast:not(.toast--error)")) before.remove();
  toast(text, options);
}

/** The length of a timeout in words. @param {number} seconds */
export function lengthText(seconds) {
  if (seconds < 60) return tn("%(n)s second", "%(n)s seconds", seconds);
  if (seconds < 3600) return tn("%(n)s minute", "%(n)s minutes", seconds / 60);
  return tn("%(n)s hour", "%(n)s hours", seconds / 3600);
}

/** What was done, said back. @param {string} name @param {Sanction} sanction */
export function sanctionText(name, { kind, seconds = 0, scope }) {
  if (kind === "timeout") return t("%(name)s may write again in %(length)s.", { name, length: lengthText(seconds) });
  if (kind === "hide") return t("Only %(name)s sees what %(name)s writes from now on.", { name });
  if (scope === "brand") return t("%(name)s may not write in any room of the maison.", { name });
  return t("%(name)s may not write in this show.", { name });
}

export class Moderator {
  /**
   * @param {string} slug
   * @param {{ request?: typeof send, tell?: typeof toast, changed?: () => void }} [tools] `changed` is called after
   *   every act and every undo
   */
  constructor(slug, { request = send, tell = sayLast, changed = () => {} } = {}) {
    this.base = `/api/v1/rooms/${slug}/`;
    this.request = request;
    this.tell = tell;
    this.changed = changed;
  }

  /** Take one line away. @param {Target} target @param {string} [reason] */
  remove({ id }, reason = "") {
    return this.act(t("The line is gone."), [["DELETE", `messages/${id}/`, { reason }]]);
  }

  /** Take away everything this person wrote here. @param {Target} target @param {string} [reason] */
  clear({ author, name }, reason = "") {
    return this.act(t("All lines of %(name)s are gone.", { name }), [this.clearing(author, reason)]);
  }

  /** @param {Target} target @param {Sanction} sanction @param {string} [reason] */
  sanction({ author, name }, sanction, reason = "") {
    return this.act(sanctionText(name, sanction), [this.sanctioning(author, sanction, reason)]);
  }

  /** A wave in one step: no more from this person for a while, and nothing left of it. @param {Target} target @param {string} [reason] */
  wave({ author, name }, reason = "") {
    const length = lengthText(WAVE_SECONDS);
    const words = t("All lines of %(name)s are gone. %(name)s may write again in %(length)s.", { name, length });
    /** @type {Sanction} */
    const timeout = { kind: "timeout", seconds: WAVE_SECONDS, scope: "event" };
    // Silenced first: what is said between the two requests would stay.
    return this.act(words, [this.sanctioning(author, timeout, reason), this.clearing(author, reason)]);
  }

  /** Let a waiting line through, or not. @param {Target} target @param {boolean} approve @param {string} [reason] */
  decide({ id, name }, approve, reason = "") {
    const words = approve ? t("The line of %(name)s is in the room.", { name }) : t("The line of %(name)s was not let through.", { name });
    return this.act(words, [["POST", `messages/${id}/decide/`, { approve, reason }]]);
  }

  /** End a sanction before its time. @param {{ id: string, name: string }} sanction */
  lift({ id, name }) {
    return this.act(t("%(name)s may write again.", { name }), [["DELETE", `sanctions/${id}/`, undefined]]);
  }

  /** Undo acts, the last one first. @param {string[]} acts */
  async undo(acts) {
    try {
      for (const act of [...acts].reverse()) await this.request("POST", `${this.base}acts/${act}/undo/`);
      this.tell(t("Undone."));
    } catch (error) {
      this.refused(error);
    }
    this.changed();
  }

  /**
   * Do it and offer to undo it. What was done before a refusal stays done, and stays undoable.
   * @param {string} words
   * @param {[string, string, Json | undefined][]} requests
   * @returns {Promise<boolean>} whether all of it was done
   */
  async act(words, requests) {
    /** @type {string[]} */
    const acts = [];
    let done = true;
    for (const [method, path, body] of requests) {
      try {
        acts.push(...actsOf(await this.request(method, this.base + path, body)));
      } catch (error) {
        done = false;
        this.refused(error);
      }
    }
    if (acts.length || done) this.told(done ? words : t("Not all of it was done."), acts);
    this.changed();
    return done;
  }

  /** @param {string} words @param {string[]} acts */
  told(words, acts) {
    if (!acts.length) return this.tell(words);
    this.tell(words, { act: { label: t("Undo"), run: () => this.undo(acts) }, stay: UNDO_MS });
  }

  /** @param {any} error */
  refused(error) {
    this.tell(error?.code === "network" ? t("No connection. Nothing was changed.") : error.message, { tone: "error" });
  }

  /** @param {string} author @param {string} reason @returns {[string, string, Json]} */
  clearing(author, reason) {
    return ["POST", `authors/${author}/clear/`, { reason }];
  }

  /** @param {string} author @param {Sanction} sanction @param {string} reason @returns {[string, string, Json]} */
  sanctioning(author, sanction, reason) {
    return ["POST", `authors/${author}/sanctions/`, { ...sanction, reason }];
  }
}

/** The acts an answer names that have a way back; none when nothing had to be done. @param {Json | null} answer @returns {string[]} */
export function actsOf(answer) {
  const act = answer?.["act"];
  return act && act["verb"] !== "undo" ? [act["id"]] : [];
}
