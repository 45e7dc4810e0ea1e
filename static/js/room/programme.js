/**
 * A long show by its segments: which is on, which is next, when the brand this viewer waits for comes. While one
 * overruns the times move here, by the clock; no frame is sent for it.
 */

import { formatTime, serverNow } from "../lib/clock.js";
import { $, $$, h } from "../lib/dom.js";
import { t, tn } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";
import { tongueOf } from "../lib/tongue.js";
import { expected } from "./forecast.js";

/**
 * @typedef {Record<string, any>} Json
 * @typedef {import("./forecast.js").Expected & { row: Json }} Line
 * @typedef {{ rows: Json[], startsAt: number, zone: string, over: boolean }} Plan
 */

const MINUTE = 60_000;
const TICK_MS = 10_000;
/** @type {Intl.DateTimeFormatOptions} */
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** The programme with the times to be expected at `now`. @param {Plan} plan @param {number} now @returns {Line[]} */
export function linesOf({ rows, startsAt, over }, now) {
  const found = expected(/** @type {any} */ (rows), { startsAt, now, over });
  return found.map((one, place) => ({ ...one, row: /** @type {Json} */ (rows[place]) }));
}

/** The segment of a brand that is on, else its first to come. @param {Line[]} lines @param {string} brand */
export function yours(lines, brand) {
  return lines.find((line) => line.row["brand"] === brand && ["now", "next", "later"].includes(line.stand));
}

/** What is on and what comes next, in one line. @param {Line[]} lines */
export function lineText(lines) {
  const now = lines.find((line) => line.stand === "now");
  const next = lines.find((line) => line.stand === "next");
  const parts = [
    now && t("Now %(brand)s", { brand: now.row["brand_name"] }),
    next && t("next %(brand)s at %(clock)s", { brand: next.row["brand_name"], clock: formatTime(next.starts_at, CLOCK) }),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** How far a segment to come is from its plan. @param {Line} line */
export function shiftText(line) {
  const minutes = Math.round(line.late / MINUTE);
  if (!["next", "later"].includes(line.stand) || minutes === 0) return "";
  return minutes > 0 ? tn("%(n)s minute later than planned", "%(n)s minutes later than planned", minutes) : t("earlier than planned");
}

/** @param {string} stand */
function markText(stand) {
  /** @type {Record<string, string>} */
  const words = { now: t("Now"), next: t("Next"), over: t("Shown") };
  return words[stand] ?? "";
}

/**
 * Draw a programme wherever the page has a place for it, and keep it true to the clock.
 * @param {HTMLElement} root
 * @param {{ slug: string, plan: () => Plan, announce?: (text: string) => void }} show
 * @returns {() => void} draws again, for when the plan changed
 */
export function wireProgramme(root, { slug, plan, announce = () => {} }) {
  let brand = chosen(root, slug);
  let onAir = nowOf(linesOf(plan(), serverNow()));
  const draw = () => {
    const shown = plan();
    const lines = linesOf(shown, serverNow());
    for (const place of $$("[data-programme]", root)) drawPlace(place, lines, { brand, zone: shown.zone });
    for (const place of $$("[data-programme-line]", root)) show(place, lineText(lines));
    const now = nowOf(lines);
    if (now && now.row["id"] !== onAir?.row["id"]) announce(t("Now %(title)s, %(brand)s", { title: now.row["title"], brand: now.row["brand_name"] }));
    onAir = now;
  };
  root.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("[data-mine]");
    const row = /** @type {HTMLElement | null} */ (link?.closest("[data-brand]") ?? null);
    if (!row) return;
    event.preventDefault();
    brand = brand === row.dataset["brand"] ? "" : (row.dataset["brand"] ?? "");
    keep(slug, brand);
    draw();
  });
  setInterval(draw, TICK_MS);
  draw();
  return draw;
}

/** The room's part: the plan comes from the store. @type {(room: import("./context.js").Room) => void} */
export function showProgramme({ root, store, slug, announce }) {
  const zone = root.dataset["zone"] ?? "UTC";
  const plan = () => ({
    rows: store.state["programme"] ?? [],
    startsAt: Date.parse(store.state["event"].starts_at),
    zone,
    over: ["ended", "replay"].includes(store.state["event"].state),
  });
  if (plan().rows.length === 0 && !$("[data-programme]", root)) return;
  const draw = wireProgramme(root, { slug, plan, announce });
  let known = store.state["programme"];
  store.subscribe((room) => {
    if (room["programme"] === known) return;
    known = room["programme"];
    draw();
  });
}

/** @param {Line[]} lines */
function nowOf(lines) {
  return lines.find((line) => line.stand === "now");
}

/** @param {HTMLElement} place @param {Line[]} lines @param {{ brand: string, zone: string }} viewer */
function drawPlace(place, lines, { brand, zone }) {
  const list = $("[data-programme-list]", place);
  const ids = lines.map((line) => line.row["id"]).join();
  const drawn = $$("[data-segment]", place).map((row) => row.dataset["segment"]).join();
  if (list && ids !== drawn) list.replaceChildren(...lines.map(rowOf));
  for (const [index, row] of $$("[data-segment]", place).entries()) {
    const line = lines[index];
    if (line) drawRow(row, line, brand);
  }
  drawYours($("[data-programme-yours]", place), yours(lines, brand), zone);
}

/** @param {Line} line */
function rowOf({ row }) {
  const by = row["hosts"].length ? ` · ${row["hosts"].join(", ")} ` : " ";
  return h(
    "li",
    { class: "segment", data: { segment: row["id"], brand: row["brand"] } },
    h("time", { class: "segment__at num", "data-time": "clock" }),
    h(
      "div",
      { class: "segment__text" },
      h("p", { class: "segment__name" }, h("span", { lang: tongueOf(row["title"]) }, row["title"]), " ", h("span", { class: "segment__mark", "data-mark": true })),
      h("p", { class: "segment__by" }, h("a", { href: `/brands/${row["brand"]}/` }, h("bdi", null, row["brand_name"])), by, h("span", { "data-shift": true })),
    ),
  );
}

/** @param {HTMLElement} row @param {Line} line @param {string} brand */
function drawRow(row, line, brand) {
  row.className = `segment segment--${line.stand}`;
  const time = $("time", row);
  time?.setAttribute("datetime", new Date(line.starts_at).toISOString());
  write(time, formatTime(line.starts_at, CLOCK));
  write($("[data-mark]", row), markText(line.stand));
  write($("[data-shift]", row), shiftText(line));
  const toCome = line.stand === "next" || line.stand === "later";
  let link = $("[data-mine]", row);
  if (toCome && !link) row.append((link = mine(line)));
  if (!toCome) link?.remove();
  const own = line.row["brand"] === brand;
  link?.toggleAttribute("aria-current", own);
  if (own) link?.setAttribute("aria-current", "true");
}

/** @param {Line} line */
function mine({ row }) {
  const words = t("Tell me when %(brand)s is on", { brand: row["brand_name"] });
  return h("a", { class: "segment__mine", href: `?brand=${row["brand"]}`, "data-mine": true }, icon("bell"), icon("check"), " ", h("span", { class: "visually-hidden" }, words));
}

/** @param {HTMLElement | null} place @param {Line | undefined} line @param {string} zone IANA zone of the show */
function drawYours(place, line, zone) {
  if (!place) return;
  place.hidden = !line;
  if (!line) return;
  const name = h("strong", null, line.row["brand_name"]);
  if (line.stand === "now") return place.replaceChildren(name, ` ${t("is on now")}`);
  const there = t("%(clock)s in %(city)s", { clock: formatTime(line.starts_at, { ...CLOCK, timeZone: zone }), city: place.dataset["city"] ?? zone });
  const here = t("at %(clock)s your time", { clock: formatTime(line.starts_at, CLOCK) });
  place.replaceChildren(name, ` ${here} `, h("span", { class: "quiet" }, there));
}

/** Asked for by the address, else chosen before, else what the server knows of wishes. @param {HTMLElement} root @param {string} slug */
function chosen(root, slug) {
  const asked = new URLSearchParams(location.search).get("brand");
  if (asked) keep(slug, asked);
  const wished = $("[data-programme]", root)?.dataset["waits"] ?? "";
  try {
    return asked ?? localStorage.getItem(`seenow.brand.${slug}`) ?? wished;
  } catch {
    return asked ?? wished;
  }
}

/** @param {string} slug @param {string} brand */
function keep(slug, brand) {
  try {
    localStorage.setItem(`seenow.brand.${slug}`, brand);
  } catch {
    // Without storage the choice lives as long as the page.
  }
}

/** @param {HTMLElement} place @param {string} text */
function show(place, text) {
  place.hidden = !text;
  write(place, text);
}

/** @param {Element | null} place @param {string} text */
function write(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}
