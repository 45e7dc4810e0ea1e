/**
 * The run of show: segments and pieces moved by pointer or keys, saved as one moves them. Without this script the
 * buttons of the forms do the same. Text being written is never sent along and never lost.
 */

import { formatTime } from "../lib/clock.js";
import { $, $$ } from "../lib/dom.js";
import { ApiError, send } from "../lib/http.js";
import { t } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";
import { asBody, laid, movedPiece, movedSegment, placed, same } from "./plan.js";
import { wireDrag } from "./run_of_show_drag.js";

/**
 * @typedef {import("./plan.js").Part} Part
 * @typedef {Record<string, any>} Json
 */

const STEPS = /** @type {const} */ ({ ArrowUp: -1, ArrowDown: 1, up: -1, down: 1 });

/** The plan as the page shows it. @param {HTMLElement} root @returns {Part[]} */
export function planOf(root) {
  return $$("[data-segment]", root).map((part) => ({
    segment: part.dataset["segment"] ?? "",
    brand: part.dataset["brand"] ?? "",
    fixed: Boolean(part.dataset["segment"]) && !$('[data-grip="segment"]', part),
    items: $$("[data-piece]", part).map((item) => ({ id: item.dataset["piece"] ?? "", brand: item.dataset["brand"] ?? "" })),
  }));
}

/** Put the page in the order of a plan; what is focused stays so. @param {HTMLElement} root @param {Part[]} plan */
function arrange(root, plan) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const list = $("[data-run]", root);
  const pieces = new Map($$("[data-piece]", root).map((item) => [item.dataset["piece"], item]));
  for (const part of plan) {
    const node = $(`[data-segment="${part.segment}"]`, root);
    if (!node || !list) continue;
    list.append(node);
    $("[data-pieces]", node)?.append(...part.items.flatMap((item) => pieces.get(item.id) ?? []));
  }
  if (focused && root.contains(focused)) focused.focus({ preventScroll: true });
}

/** @param {HTMLElement} root */
export function wireRunOfShow(root) {
  const voice = $("[data-run-voice]", root);
  const say = (/** @type {string} */ text) => voice && (voice.textContent = text);
  let saved = planOf(root);
  /** @type {Promise<void>} */
  let saving = Promise.resolve();

  const save = () => {
    const wanted = planOf(root);
    if (same(wanted, saved)) return;
    saving = saving.then(() => put(root, wanted)).then(
      (event) => {
        saved = wanted;
        draw(root, event);
      },
      (error) => {
        arrange(root, saved);
        say(error.message);
        toast(error instanceof ApiError && error.code === "edit_conflict" ? t("Somebody else has changed this show. Load the page to see it.") : error.message, { tone: "error" });
      },
    );
  };
  const move = (/** @type {Element} */ from, /** @type {1 | -1} */ step) => {
    const node = /** @type {HTMLElement} */ (from.closest("[data-piece]") ?? from.closest("[data-segment]"));
    const before = planOf(root);
    const { piece, segment } = node.dataset;
    const after = piece ? movedPiece(before, piece, step) : movedSegment(before, segment ?? "", step);
    if (same(before, after)) {
      say(t("It is at the end already."));
      return;
    }
    arrange(root, after);
    node.scrollIntoView({ block: "nearest" });
    say(placeText(root, node));
    save();
  };

  for (const grip of $$("[data-grip]", root)) grip.hidden = false;
  // Which is the first and which the last changes as one moves them; a move that leads nowhere is said.
  for (const button of $$('button[form="run-moves"][disabled]', root)) button.removeAttribute("disabled");
  root.addEventListener("keydown", (event) => {
    const grip = /** @type {Element} */ (event.target).closest("[data-grip]");
    if (!grip || !(event.key === "ArrowUp" || event.key === "ArrowDown")) return;
    event.preventDefault();
    move(grip, STEPS[event.key]);
  });
  root.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (!form.matches("[data-moves]") || !button || !(button.value === "up" || button.value === "down")) return;
    event.preventDefault();
    move(button, STEPS[button.value]);
  });
  /** @type {Part[]} */
  let before = saved;
  wireDrag(root, {
    over: (held, x, y) => {
      if (!root.classList.contains("is-moving")) before = planOf(root);
      root.classList.add("is-moving");
      const after = held.kind === "piece" ? pieceAt(root, held.id, x, y) : segmentAt(root, held.id, y);
      if (after && !same(after, planOf(root))) arrange(root, after);
    },
    done: (held) => {
      root.classList.remove("is-moving");
      say(placeText(root, held.node));
      save();
    },
    undone: () => {
      if (root.classList.contains("is-moving")) arrange(root, before);
      root.classList.remove("is-moving");
    },
  });
  keepText(root);
}

/** @param {HTMLElement} root @param {Part[]} plan @returns {Promise<Json>} */
function put(root, plan) {
  return send("PUT", root.dataset["url"] ?? "", { version: Number(root.dataset["version"]), plan: asBody(plan) });
}

/** The plan with the piece where the pointer is; null when that is nowhere. @param {HTMLElement} root @param {string} id @param {number} x @param {number} y */
function pieceAt(root, id, x, y) {
  const under = document.elementFromPoint(x, y);
  const part = /** @type {HTMLElement | null} */ (under?.closest("[data-segment]") ?? null);
  if (!part || !root.contains(part)) return null;
  const others = $$("[data-piece]", part).filter((item) => item.dataset["piece"] !== id);
  const place = others.filter((item) => middleOf(item) < y).length;
  return placed(planOf(root), id, part.dataset["segment"] ?? "", place);
}

/** @param {HTMLElement} root @param {string} id @param {number} y */
function segmentAt(root, id, y) {
  const others = $$("[data-segment]", root).filter((part) => part.dataset["segment"] && part.dataset["segment"] !== id);
  return laid(planOf(root), id, others.filter((part) => middleOf(part) < y).length);
}

/** @param {HTMLElement} node */
function middleOf(node) {
  const { top, height } = node.getBoundingClientRect();
  return top + height / 2;
}

/** Where something stands now, in words. @param {HTMLElement} root @param {HTMLElement} node */
function placeText(root, node) {
  const part = /** @type {HTMLElement | null} */ (node.closest("[data-segment]"));
  const name = node.dataset["name"] ?? "";
  const siblings = node.dataset["piece"] ? $$("[data-piece]", part ?? root) : $$("[data-segment]", root).filter((one) => one.dataset["segment"]);
  const words = { name, place: siblings.indexOf(node) + 1, all: siblings.length };
  const segment = node.dataset["piece"] ? (part?.dataset["name"] ?? "") : "";
  return segment ? t("%(name)s is %(place)s of %(all)s in %(segment)s", { ...words, segment }) : t("%(name)s is %(place)s of %(all)s", words);
}

/** Places, times and the version after a save. @param {HTMLElement} root @param {Json} event */
function draw(root, event) {
  root.dataset["version"] = event["version"];
  for (const field of $$('input[name$="version"]', root)) /** @type {HTMLInputElement} */ (field).value = event["version"];
  const start = Date.parse(root.dataset["start"] ?? "");
  const at = (/** @type {number} */ second) =>
    formatTime(start + second * 1000, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: root.dataset["zone"] ?? "UTC" });
  for (const row of event["lineup"]) {
    const node = $(`[data-piece="${row["id"]}"]`, root);
    write(node && $("[data-place]", node), String(row["position"]));
    write(node && $("[data-at]", node), at(row["planned_second"]));
  }
  for (const row of event["segments"]) write($(`[data-segment="${row["id"]}"] [data-at]`, root), at(row["planned_second"]));
}

/** @param {HTMLElement | null} place @param {string} text */
function write(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}

/** Ask before a page with unsaved words is left. @param {HTMLElement} root */
function keepText(root) {
  let unsaved = false;
  root.addEventListener("input", (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-text]")) unsaved = true;
  });
  root.addEventListener("submit", (event) => {
    if (/** @type {Element} */ (event.target).matches("[data-text]")) unsaved = false;
  });
  addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
}

if (typeof document !== "undefined") {
  const root = $("[data-run-of-show]");
  if (root && !("over" in root.dataset)) wireRunOfShow(root);
}
