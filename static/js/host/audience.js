/**
 * What viewers see now: the moment half of them have reached, what lies on their stage at it, how the slowest fare,
 * who is counted apart and why, and what the talk is about. The preview stays as far behind as they are.
 */

import { formatTime, serverNow } from "../lib/clock.js";
import { $ } from "../lib/dom.js";
import { language, t, tn } from "../lib/i18n.js";
import { mountPlayer } from "../room/player.js";
import { formatCount } from "../room/presence.js";
import { kindText, lastMinute } from "../room/reactions.js";
import { lagText } from "./numbers.js";

const DRAW_EVERY_MS = 500;
/** Nearer than this to the median the preview stays as it is; it is moved at most this often. */
const NEAR_S = 1.5;
const MOVE_EVERY_MS = 60_000;
const FURTHEST_S = 15;
/** hls.js stays about a second behind the edge by itself. */
const USUAL_S = 1;

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("../room/store.js").Store} Store
 */

/**
 * The pins half of the viewers see at `moment`, and those their pictures have not reached yet.
 * @param {Json[]} pins
 * @param {number} moment ms since 1970
 */
export function pinsAt(pins, moment) {
  return { there: pins.filter((pin) => pin["at"] <= moment), coming: pins.filter((pin) => pin["at"] > moment) };
}

/**
 * How far behind the edge the preview must stay to show what the median viewer sees; null when it is near enough.
 * @param {{ own: number, median: number, behind: number }} now seconds: own lag, viewers' lag, the present setting
 */
export function nextBehind({ own, median, behind }) {
  const further = median - own;
  // Further behind than asked for, this machine cannot keep up; starting over would make it worse.
  if (Math.abs(further) < NEAR_S || own > behind + FURTHEST_S) return null;
  const wanted = Math.min(FURTHEST_S, Math.max(0, (behind || USUAL_S) + further));
  const next = wanted <= USUAL_S ? 0 : Math.round(wanted * 10) / 10;
  return next === behind ? null : next;
}

/** @param {Json} suspected people by reason */
export function apartText(suspected) {
  /** @type {Record<string, string>} */
  const reasons = {
    scripted: t("faster than hands"),
    no_page: t("wrote without the page"),
    no_picture: t("never had the picture"),
    crowded_address: t("too many guests at one address"),
  };
  const parts = Object.entries(suspected).map(([why, people]) => `${formatCount(people)} ${reasons[why] ?? why}`);
  return parts.join(" · ") || t("Nobody");
}

/** Why nothing is told of what viewers see. @param {number} viewers */
export function nobodyText(viewers) {
  return viewers ? t("no picture yet") : t("no viewers yet");
}

/** @param {Json} frame */
export function talkText(frame) {
  const product = tn("%(n)s line about pieces", "%(n)s lines about pieces", frame["product_lines"]);
  const fan = tn("%(n)s about host and company", "%(n)s about host and company", frame["fan_lines"]);
  return `${product}, ${fan}`;
}

/** @param {Record<string, number>} counts */
export function reactionsText(counts) {
  const given = Object.entries(counts).filter(([, times]) => times > 0);
  return given.map(([kind, times]) => `${kindText(kind)} ${formatCount(times)}`).join(" · ") || t("None");
}

/**
 * @param {HTMLElement} root the console
 * @param {{ store: Store }} room
 * @returns {(frame: Json) => void} give it what the socket hears
 */
export function wireAudience(root, { store }) {
  /** @type {Json | null} */
  let told = null;
  /** @type {{ at: number, counts: Record<string, number> }[]} */
  let bursts = [];
  const preview = new Preview(root, store);
  const write = (/** @type {string} */ name, /** @type {string} */ text) => {
    const place = $(`[data-audience-${name}]`, root);
    if (place && place.textContent !== text) place.textContent = text;
  };
  const drawMoment = () => {
    const lag = told?.["lag"] ?? null;
    preview.follow(lag);
    if (lag === null) return write("line", nobodyText(store.state["presence"]["viewers"]));
    const moment = serverNow() - lag;
    const clock = formatTime(moment, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    write("line", t("%(time)s, %(s)s s behind", { time: clock, s: lagText(lag / 1000) }));
    write("moment", clock);
    write("pins", stageText(store.state, moment));
  };
  const drawFacts = () => {
    if (!told) return;
    const { lag, slowest } = told;
    write("words", lag === null ? t("No viewer's picture has said yet where it is.") : t("Half of the viewers see this moment or a later one. It is %(s)s s behind you.", { s: lagText(lag / 1000) }));
    write("slowest", slowest === null ? "–" : t("%(s)s s behind you", { s: lagText(slowest / 1000) }));
    write("apart", apartText(told["suspected"]));
    write("talk", talkText(told));
  };
  const drawReactions = () => {
    bursts = bursts.filter(({ at }) => Date.now() - at < 60_000);
    write("reactions", reactionsText(lastMinute(bursts, Date.now())));
  };
  setInterval(() => (drawMoment(), drawReactions()), DRAW_EVERY_MS);
  return (frame) => {
    if (frame["type"] === "reactions") bursts.push({ at: Date.now(), counts: frame["counts"] });
    if (frame["type"] !== "audience") return;
    told = frame;
    drawFacts();
  };
}

/** @param {Json} room @param {number} moment */
function stageText(room, moment) {
  const name = (/** @type {Json} */ pin) => room["products"][pin["product"]]?.name;
  const { there, coming } = pinsAt(room["pins"], moment);
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  const shown = there.map(name).filter(Boolean);
  const text = shown.length ? list.format(shown) : t("Nothing yet");
  const next = coming.map(name).filter(Boolean);
  return next.length ? t("%(shown)s. On its way: %(coming)s", { shown: text, coming: list.format(next) }) : text;
}

/** The small player: what viewers see, as far behind as half of them are. */
class Preview {
  /** @param {HTMLElement} root @param {Store} store */
  constructor(root, store) {
    this.store = store;
    this.place = /** @type {HTMLElement} */ ($("[data-player]", root));
    this.words = $("[data-lag]", root);
    this.behind = 0;
    this.movedAt = -Infinity;
    this.player = mountPlayer(this.place, { store });
  }

  /** @param {number | null} lag milliseconds the median viewer is behind */
  follow(lag) {
    const own = this.player.latency();
    this.say(own, lag);
    if (own === null || lag === null || performance.now() - this.movedAt < MOVE_EVERY_MS) return;
    const behind = nextBehind({ own, median: lag / 1000, behind: this.behind });
    if (behind !== null) this.move(behind);
  }

  /** @param {number} behind seconds */
  move(behind) {
    this.behind = behind;
    this.movedAt = performance.now();
    this.player.destroy();
    // A fresh place: the old one still carries the old player's buttons.
    const fresh = /** @type {HTMLElement} */ (this.place.cloneNode(true));
    this.place.replaceWith(fresh);
    this.place = fresh;
    this.player = mountPlayer(fresh, { store: this.store, behind });
  }

  /** @param {number | null} own @param {number | null} lag */
  say(own, lag) {
    if (!this.words) return;
    const text = own === null ? t("Viewers see no picture") : this.text(own, lag);
    if (this.words.textContent !== text) this.words.textContent = text;
  }

  /** @param {number} own @param {number | null} lag */
  text(own, lag) {
    const near = lag === null || Math.abs(own - lag / 1000) < NEAR_S;
    return near ? t("Viewers see this, %(s)s s behind", { s: lagText(own) }) : t("This preview is %(s)s s behind", { s: lagText(own) });
  }
}
