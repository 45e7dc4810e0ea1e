/** The lines that wait for a decision: by button or by A and R, one by one or a whole wave. */

import { $, h } from "../lib/dom.js";
import { t, tn } from "../lib/i18n.js";
import { emptyQueue, nextAfter, reopened, replaced, settled, waiting } from "./queue_state.js";
import { clockText, reasonText, wavesOf, waveText } from "./words.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("./desk.js").Desk} Desk
 */

/** @param {Desk} desk */
export function wireQueue(desk) {
  const list = /** @type {HTMLElement} */ ($("[data-queue]", desk.root));
  let queue = emptyQueue();
  let focused = "";
  const draw = () => {
    const holds = list.contains(document.activeElement);
    drawList(list, queue.items, { decide, open: desk.openPerson });
    drawWaves(desk, queue.items, all);
    drawCount(desk.root, queue.items.length);
    if (holds) focus(focused);
  };
  const focus = (/** @type {string} */ id) => $(`[data-item="${CSS.escape(id)}"]`, list)?.focus();
  const change = (/** @type {import("./queue_state.js").Queue} */ next) => {
    queue = next;
    draw();
  };
  const decide = async (/** @type {Json} */ item, /** @type {boolean} */ approve) => {
    focused = nextAfter(queue.items, item["id"]);
    change(settled(queue, item["id"]));
    const done = await desk.moderator.decide(/** @type {any} */ (item), approve);
    // Refused: the line still waits and stands in the list again.
    if (!done) change(waiting(reopened(queue, item["id"]), item));
  };
  const all = async (/** @type {string[]} */ ids, /** @type {boolean} */ approve) => {
    for (const id of ids) change(settled(queue, id));
    const failed = await decideAll(desk, ids, approve);
    desk.moderator.tell(failed ? t("Not all of it was done.") : approve ? t("They are in the room.") : t("None of them was let through."));
    desk.read();
  };
  const read = async () => {
    const asked = new Set(queue.settled);
    const answer = await desk.get("review/").catch(() => null);
    if (answer) change(replaced(queue, listOf(answer), asked));
  };
  desk.onRead(read);
  desk.on("review.waiting", (frame) => change(waiting(queue, frame)));
  desk.on("review.settled", (frame) => change(settled(queue, frame["id"])));
  list.addEventListener("focusin", (event) => {
    focused = /** @type {Element} */ (event.target).closest("[data-item]")?.getAttribute("data-item") ?? focused;
  });
  wireKeys(list, () => queue.items, () => focused, decide, (id) => ((focused = id), focus(id)));
}

/** The rows of an answer, bare or by pages. @param {any} answer @returns {Json[]} */
export function listOf(answer) {
  return Array.isArray(answer) ? answer : (answer["results"] ?? []);
}

/** @param {Desk} desk @param {string[]} ids @param {boolean} approve how many were refused */
async function decideAll(desk, ids, approve) {
  let failed = 0;
  for (const id of ids) {
    const { base, request } = desk.moderator;
    await request("POST", `${base}messages/${id}/decide/`, { approve, reason: "" }).catch(() => (failed += 1));
  }
  return failed;
}

/**
 * @param {HTMLElement} list
 * @param {Json[]} items
 * @param {{ decide: (item: Json, approve: boolean) => void, open: (author: string) => void }} acts
 */
function drawList(list, items, { decide, open }) {
  list.replaceChildren(
    ...items.map((item) =>
      h(
        "li",
        { class: "waiting", tabindex: 0, data: { item: item["id"] } },
        h("p", { class: "waiting__head" },
          h("button", { class: "person-link", type: "button", onclick: () => open(item["author"]) }, h("bdi", null, item["name"])),
          h("span", { class: "quiet" }, reasonText(item["reason"])),
          h("time", { class: "num quiet" }, clockText(item["at"])),
        ),
        h("p", { class: "waiting__text", dir: "auto" }, item["text"]),
        h("div", { class: "waiting__acts" },
          h("button", { class: "button button--quiet", type: "button", onclick: () => decide(item, true) }, t("Let through"), " ", h("kbd", { "aria-hidden": "true" }, "A")),
          h("button", { class: "button button--quiet", type: "button", onclick: () => decide(item, false) }, t("Refuse"), " ", h("kbd", { "aria-hidden": "true" }, "R")),
        ),
      ),
    ),
  );
}

/** @param {Desk} desk @param {Json[]} items @param {(ids: string[], approve: boolean) => void} all */
function drawWaves(desk, items, all) {
  const place = /** @type {HTMLElement} */ ($("[data-waves]", desk.root));
  place.replaceChildren(
    ...wavesOf(items).map((wave) =>
      h(
        "div",
        { class: "wave" },
        h("p", null, waveText(wave)),
        h("button", { class: "button button--small", type: "button", onclick: () => all(wave.ids, false) }, t("Refuse all")),
        h("button", { class: "button button--small button--quiet", type: "button", onclick: () => all(wave.ids, true) }, t("Let all through")),
      ),
    ),
  );
}

/** @param {HTMLElement} root @param {number} count */
function drawCount(root, count) {
  for (const place of root.querySelectorAll("[data-waiting-count]")) place.textContent = count ? String(count) : "";
  /** @type {HTMLElement} */ ($("[data-queue-empty]", root)).hidden = count > 0;
  const spoken = /** @type {HTMLElement} */ ($("[data-queue-spoken]", root));
  const words = count ? tn("%(n)s line waits", "%(n)s lines wait", count) : t("Nothing waits");
  if (spoken.textContent !== words) spoken.textContent = words;
}

/**
 * A and R decide about the line that has the focus, or the oldest; arrows move. Never while somebody types.
 * @param {HTMLElement} list
 * @param {() => Json[]} items
 * @param {() => string} current
 * @param {(item: Json, approve: boolean) => void} decide
 * @param {(id: string) => void} focus
 */
function wireKeys(list, items, current, decide, focus) {
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || target.closest("input, textarea, select, dialog")) return;
    const here = list.contains(target);
    const id = here ? current() : (items()[0]?.["id"] ?? "");
    const item = items().find((one) => one["id"] === id);
    if (!item) return;
    const approve = { a: true, r: false }[event.key.toLowerCase()];
    const by = here ? { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key] : undefined;
    if (approve === undefined && by === undefined) return;
    event.preventDefault();
    if (approve !== undefined) {
      if (!here) focus(id);
      return decide(item, approve);
    }
    const next = items()[items().indexOf(item) + (by ?? 0)];
    if (next) focus(next["id"]);
  });
}
