/** The run of show in the console: what is on, minutes over or under, the next segment at a touch, the crew's notes. */

import { formatTime, serverNow } from "../lib/clock.js";
import { $ } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { t, tn } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";
import { linesOf } from "../room/programme.js";

const TICK_MS = 5000;
const NOTES_MS = 400;
const MINUTE = 60_000;
// What may change which notes are wanted now.
const NEWS = ["programme.changed", "lineup.changed", "pin.placed", "pin.removed", "hello"];

/**
 * @typedef {import("../room/store.js").Store} Store
 * @typedef {import("../room/programme.js").Line} Line
 */

/**
 * How long the segment has run, of how many minutes, and how far over it is.
 * @param {Line} line @param {number} now
 */
export function sumsText(line, now) {
  const planned = Math.round(line.row["seconds"] / 60);
  const run = Math.max(0, Math.floor((now - line.starts_at) / MINUTE));
  const words = t("%(run)s of %(planned)s min", { run, planned });
  if (run > planned) return `${words} · ${tn("%(n)s minute over", "%(n)s minutes over", run - planned)}`;
  return `${words} · ${tn("%(n)s minute left", "%(n)s minutes left", planned - run)}`;
}

/**
 * @param {HTMLElement} root
 * @param {{ store: Store, isOpen: () => boolean, refresh: () => Promise<void> }} console
 */
export function wireRun(root, { store, isOpen, refresh }) {
  const bar = $("[data-run-bar]", root);
  if (!bar) return;
  const form = /** @type {HTMLFormElement | null} */ ($("[data-run-next]", bar));
  const draw = () => {
    const now = serverNow();
    const lines = linesOf({ rows: store.state["programme"] ?? [], startsAt: Date.parse(bar.dataset["start"] ?? ""), zone: "UTC", over: false }, now);
    drawBar(bar, lines, { now, open: isOpen() });
  };
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const segment = /** @type {HTMLInputElement} */ (form.elements.namedItem("segment")).value;
    await send("POST", location.pathname, { do: "segment", segment }).then(refresh, (error) => toast(error.message, { tone: "error" }));
    draw();
  });
  // On a phone the chat needs the room; there the notes are a tap away.
  $("[data-run-details]", bar)?.toggleAttribute("open", matchMedia("(width >= 64rem)").matches);
  const notes = later(() => readNotes(bar), NOTES_MS);
  store.subscribe((_state, frame) => {
    if (!NEWS.includes(frame.type)) return;
    draw();
    notes();
  });
  setInterval(draw, TICK_MS);
  draw();
}

/** @param {HTMLElement} bar @param {Line[]} lines @param {{ now: number, open: boolean }} moment */
function drawBar(bar, lines, { now, open }) {
  const on = lines.find((line) => line.stand === "now");
  const next = lines.find((line) => line.stand === "next");
  const title = $("[data-run-now]", bar);
  if (title) {
    write(title, on ? `${on.row["title"]} · ${on.row["brand_name"]}` : t("No segment is on"));
    write($("[data-run-sums]", bar), [on && sumsText(on, now), next && nextText(next)].filter(Boolean).join(" · "));
  }
  const button = /** @type {HTMLButtonElement | null} */ ($("[data-run-button]", bar));
  const field = /** @type {HTMLInputElement | null} */ (bar.querySelector('[name="segment"]'));
  if (!button || !field) return;
  field.value = next ? next.row["id"] : "";
  button.disabled = !open || (!next && !on);
  write(button, next ? t("Start “%(title)s”", { title: next.row["title"] }) : t("End this segment"));
}

/** @param {Line} line */
function nextText(line) {
  const clock = formatTime(line.starts_at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return t("next at %(clock)s", { clock });
}

/** @param {HTMLElement} bar */
async function readNotes(bar) {
  const answer = await fetch(bar.dataset["notes"] ?? "", { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  $("[data-run-notes]", bar)?.replaceChildren(...[...page.body.childNodes].map((node) => document.importNode(node, true)));
}

/** Run once after the last call, `ms` later. @param {() => void} run @param {number} ms */
function later(run, ms) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  };
}

/** @param {Element | null} place @param {string} text */
function write(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}
