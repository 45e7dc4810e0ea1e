/** The host asks the room: a question with two to six answers, the votes as they come, and closing. */

import { $, $$, h } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";
import { barList, drawBars, totalText } from "../room/poll.js";
import { formatCount } from "../room/presence.js";

const MOST = 6;

/** @typedef {Record<string, any>} Json */

/**
 * What the form asks, empty answers left out.
 * @param {{ question: string, options: string[] }} fields
 */
export function asked({ question, options }) {
  return { question: question.trim(), options: options.map((option) => option.trim()).filter(Boolean) };
}

/**
 * The one line of the console about the poll.
 * @param {Json | null} poll
 * @param {number[]} counts
 */
export function lineText(poll, counts) {
  if (!poll || poll["counts"]) return t("Ask the room");
  const votes = counts.reduce((sum, count) => sum + count, 0);
  return tn("%(n)s vote", "%(n)s votes", votes, { n: formatCount(votes) });
}

/**
 * @param {HTMLElement} root the console
 * @param {{ slug: string, store: import("../room/store.js").Store, isOpen: () => boolean, refresh: () => Promise<void> }} room
 */
export function wirePollDesk(root, { slug, store, isOpen, refresh }) {
  const form = /** @type {HTMLFormElement | null} */ ($("[data-poll-form]", root));
  const now = $("[data-poll-now]", root);
  if (!form || !now) return;
  const address = `/api/v1/rooms/${slug}/polls/`;
  let drawn = "";
  const draw = () => {
    const { poll, counts, crowd } = standing(store.state);
    const open = Boolean(poll && !poll["counts"]);
    form.hidden = open;
    now.hidden = !poll;
    const key = `${poll?.["id"]} ${open}`;
    if (key !== drawn && poll) now.replaceChildren(...card(poll, open, () => close(poll["id"])));
    drawn = key;
    if (poll) drawBars(now, counts);
    write($("[data-total]", now), poll ? totalText(counts, crowd) : "");
    write($("[data-poll-line]", root), lineText(poll, counts));
    const opener = /** @type {HTMLButtonElement | null} */ ($("[data-poll-open]", root));
    if (opener) opener.disabled = !isOpen();
  };
  const close = (/** @type {string} */ id) => send("POST", `${address}${id}/close/`).then(refresh, (error) => toast(error.message, { tone: "error" }));
  wireForm(form, (wanted) => send("POST", address, wanted).then(refresh));
  store.subscribe(draw);
  draw();
}

/**
 * @param {HTMLFormElement} form
 * @param {(wanted: { question: string, options: string[] }) => Promise<void>} ask
 */
function wireForm(form, ask) {
  const more = /** @type {HTMLButtonElement} */ ($("[data-poll-more]", form));
  const error = /** @type {HTMLElement} */ ($("[data-poll-error]", form));
  const options = () => /** @type {HTMLInputElement[]} */ ($$("[name=option]", form));
  more.addEventListener("click", () => {
    const next = options().find((field) => field.hidden);
    if (next) next.hidden = false;
    next?.focus();
    more.hidden = options().filter((field) => !field.hidden).length === MOST;
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const question = /** @type {HTMLInputElement} */ (form.elements.namedItem("question")).value;
    error.hidden = true;
    try {
      await ask(asked({ question, options: options().map((field) => field.value) }));
      form.reset();
    } catch (refused) {
      error.textContent = refused instanceof Error ? refused.message : t("Not possible right now.");
      error.hidden = false;
    }
  });
}

/** @param {Json} state */
function standing(state) {
  const poll = state["poll"];
  const tally = poll && state["tally"]?.id === poll.id ? state["tally"] : null;
  const counts = poll?.counts ?? tally?.counts ?? poll?.options.map(() => 0) ?? [];
  return { poll, counts, crowd: poll?.counts ? 0 : (tally?.rehearsal ?? 0) };
}

/** @param {Json} poll @param {boolean} open @param {() => unknown} close */
function card(poll, open, close) {
  return [
    h("p", { class: "poll__question" }, !open && h("span", { class: "poll__over" }, t("Last result")), h("bdi", { dir: "auto" }, poll["question"])),
    barList(poll, null),
    h("p", { class: "poll__total num", "data-total": true }),
    open && h("p", { class: "ask__acts" }, h("button", { class: "button", type: "button", onclick: close }, t("Close and show the result"))),
  ].filter((part) => part instanceof Node);
}

/** @param {HTMLElement | null} place @param {string} text */
function write(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}
