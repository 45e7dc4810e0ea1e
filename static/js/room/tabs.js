/** The talk's tabs: chat, questions. Arrow keys move between them, a panel keeps its place while it is away. */

import { $$ } from "../lib/dom.js";

/** @param {{ root: HTMLElement }} room */
export function wireTabs({ root }) {
  const tabs = $$("[data-tab]", root);
  const show = (/** @type {string} */ name) => {
    for (const tab of tabs) {
      const chosen = tab.dataset["tab"] === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    for (const panel of $$("[data-panel]", root)) panel.toggleAttribute("data-aside", panel.dataset["panel"] !== name);
    root.dataset["talk"] = name;
    root.dispatchEvent(new CustomEvent("seenow:tab", { detail: { name } }));
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => show(tab.dataset["tab"] ?? ""));
    tab.addEventListener("keydown", (event) => {
      const next = tabs[nextTab(tabs.indexOf(tab), tabs.length, event.key)];
      if (!next || next === tab) return;
      event.preventDefault();
      next.focus();
      show(next.dataset["tab"] ?? "");
    });
  }
}

/**
 * Where a key leads from tab `at` of `count`.
 * @param {number} at
 * @param {number} count
 * @param {string} key
 */
export function nextTab(at, count, key) {
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : at;
}
