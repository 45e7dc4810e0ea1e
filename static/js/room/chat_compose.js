/** Where one writes: the field and what is kept of it, a name for those who have none, the line one answers. */

import { $, h } from "../lib/dom.js";
import { ApiError, send } from "../lib/http.js";
import { t } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { shortened } from "./chat_text.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {object} Options
 * @property {ReturnType<typeof import("./chat_keep.js").keeper>} keeper
 * @property {(text: string, reply: string) => void} say
 * @property {(id: string) => Json | undefined} lineOf
 */

export class Composer {
  /** @param {import("./context.js").Room} room @param {Options} options */
  constructor(room, { keeper, say, lineOf }) {
    this.room = room;
    this.keeper = keeper;
    this.say = say;
    this.lineOf = lineOf;
    this.form = /** @type {HTMLFormElement} */ ($("[data-composer]", room.root));
    this.input = /** @type {HTMLInputElement} */ ($("input", this.form));
    this.nameForm = /** @type {HTMLFormElement} */ ($("[data-name-form]", room.root));
    this.signIn = $("[data-sign-in]", room.root);
    this.strip = $("[data-replying]", room.root);
    this.replying = "";
    this.input.value = keeper.kept.draft;
    this.listen();
    this.reply(keeper.kept.reply, { quietly: true });
    this.rights();
  }

  listen() {
    const on = (/** @type {HTMLElement} */ element, /** @type {() => void} */ run) =>
      element.addEventListener("submit", (event) => {
        event.preventDefault();
        run();
      });
    on(this.form, () => this.submit());
    on(this.nameForm, () => void this.choose());
    this.input.addEventListener("input", () => this.keep());
    this.input.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && this.reply(""));
  }

  keep() {
    this.keeper.keep({ draft: this.input.value, reply: this.replying });
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    if (!this.room.you.name) return this.askName();
    const reply = this.replying;
    this.input.value = "";
    this.reply("", { quietly: true });
    // Kept as a line on its way before it leaves the field: a crash in between loses nothing.
    this.say(text, reply);
    this.keep();
  }

  /** Words that were not sent come back; what is being typed is never overwritten. @param {Json} own */
  takeBack({ text, reply }) {
    this.input.value = [text, this.input.value].filter(Boolean).join(" ");
    if (!this.replying) this.reply(reply, { quietly: true });
    this.keep();
    this.input.focus();
  }

  isEmpty() {
    return !this.input.value.trim();
  }

  // --- Answering a line ----------------------------------------------------------------------------------------
  /** @param {string} id empty for none @param {{ quietly?: boolean }} [options] */
  reply(id, { quietly = false } = {}) {
    const line = id ? this.lineOf(id) : undefined;
    this.replying = line && !line["deleted"] ? id : "";
    if (this.strip) {
      this.strip.hidden = !this.replying;
      this.strip.replaceChildren(...(line && this.replying ? this.answered(line) : []));
    }
    this.keep();
    if (!quietly) this.input.focus();
  }

  /** @param {Json} line */
  answered(line) {
    const stop = () => this.reply("");
    return [
      h("p", { class: "replying__line", dir: "auto" }, h("bdi", { class: "replying__name" }, line["name"]), " ", h("bdi", null, shortened(line["text"]))),
      h("button", { class: "button button--icon replying__stop", type: "button", onclick: stop, "aria-label": t("Do not answer this line") }, icon("close")),
    ];
  }

  // --- Who may write -------------------------------------------------------------------------------------------
  rights() {
    const shut = this.room.store.state["settings"].chat_needs_account && !this.room.you["signed_in"];
    if (shut) this.nameForm.hidden = true;
    this.form.hidden = shut || !this.nameForm.hidden;
    if (this.signIn) this.signIn.hidden = !shut;
  }

  askName() {
    this.nameForm.hidden = false;
    this.form.hidden = true;
    $("input", this.nameForm)?.focus();
  }

  async choose() {
    const field = /** @type {HTMLInputElement} */ ($("input", this.nameForm));
    const problem = /** @type {HTMLElement} */ ($("[data-name-error]", this.nameForm));
    try {
      const { name } = await send("POST", `/api/v1/rooms/${this.room.slug}/name/`, { name: field.value });
      this.room.you = { ...this.room.you, name };
    } catch (error) {
      problem.textContent = error instanceof ApiError ? error.message : t("Not possible right now.");
      problem.hidden = false;
      return;
    }
    problem.hidden = true;
    this.nameForm.hidden = true;
    this.rights();
    this.input.focus();
    this.submit();
  }
}
