/** The month's grid by keyboard: arrows go from day to day, Home and End along the week, PageUp and PageDown turn the month. */

import { $, $$ } from "../lib/dom.js";

/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const WEEK = 7;

/**
 * The place `key` leads to from place `at` of `count` days; the same place when it leads nowhere.
 * @param {string} key
 * @param {number} at
 * @param {number} count
 * @param {boolean} [rightToLeft]
 * @returns {number}
 */
export function placeAfter(key, at, count, rightToLeft = false) {
  const first = at - (at % WEEK);
  if (key === "Home") return first;
  if (key === "End") return Math.min(first + WEEK - 1, count - 1);
  const step = (STEPS[key] ?? 0) * (rightToLeft && Math.abs(STEPS[key] ?? 0) === 1 ? -1 : 1);
  const there = at + step;
  return there >= 0 && there < count ? there : at;
}

/**
 * @param {HTMLElement} grid
 */
export function followKeys(grid) {
  const days = $$("[data-day]", grid);
  for (const day of days) day.tabIndex = -1;
  grid.addEventListener("keydown", (event) => {
    const day = /** @type {HTMLElement} */ (event.target).closest("[data-day]");
    if (!day || event.altKey || event.ctrlKey || event.metaKey) return;
    const turn = { PageUp: "prev", PageDown: "next" }[event.key];
    if (turn) {
      $(`.plan-nav a[rel=${turn}]`)?.click();
      event.preventDefault();
      return;
    }
    const at = days.indexOf(/** @type {HTMLElement} */ (day));
    const there = placeAfter(event.key, at, days.length, document.dir === "rtl");
    if (there === at) return;
    event.preventDefault();
    const goal = /** @type {HTMLElement} */ (days[there]);
    (goal.querySelector("a") ?? goal).focus();
  });
}

if (typeof document !== "undefined") $$("[data-planner]").forEach(followKeys);
