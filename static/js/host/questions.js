/** The console's questions: by piece, the one on the stage first, the most wanted on top, answered by one tap. */

import { $, $$, readJson } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { t } from "../lib/i18n.js";
import { isOfLane, Lane, openOnes } from "../room/questions_lane.js";
import { QuestionList } from "../room/questions_list.js";
import { nextTab } from "../room/tabs.js";
import { wireTalkCharts } from "./talk_chart.js";

/** What waits for a moderator is told by no frame: it is asked for this often while somebody looks. */
const LOOK_MS = 15_000;

/**
 * @param {HTMLElement} root
 * @param {{ slug: string, store: import("../room/store.js").Store, you: Record<string, any> }} room
 */
export function wireConsoleQuestions(root, { slug, store, you }) {
  const panel = $("[data-console-questions]", root);
  const chat = $(".console__chat", root);
  if (!panel || !chat) return;
  const { may, questions } = readJson("question-lane");
  const lane = new Lane({ store, you: () => you });
  const list = new QuestionList(/** @type {HTMLElement} */ ($("[data-question-list]", panel)), {
    slug,
    store,
    lane,
    may,
    empty: () => t("Nobody has asked yet."),
  });
  lane.take(questions);
  const read = async () => {
    if (panel.hidden || document.hidden) return;
    const { results } = await send("GET", `/api/v1/rooms/${slug}/questions/?page_size=100`).catch(() => ({ results: [] }));
    lane.take(results);
    list.update();
  };
  wireTabs(root, (name) => {
    panel.hidden = name !== "questions";
    chat.hidden = name === "questions";
    if (name !== "questions") return;
    list.arrange();
    read();
  });
  wireCounts(root, store, lane, () => Boolean(panel.hidden));
  setInterval(read, LOOK_MS);
  wireTalkCharts(panel);
}

/** @param {HTMLElement} root @param {(name: string) => void} show */
function wireTabs(root, show) {
  const tabs = $$("[data-show]", root);
  const choose = (/** @type {HTMLElement} */ chosen) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
    show(chosen.dataset["show"] ?? "");
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const next = tabs[nextTab(tabs.indexOf(tab), tabs.length, event.key)];
      if (!next || next === tab) return;
      event.preventDefault();
      next.focus();
      choose(next);
    });
  }
}

/**
 * How many questions wait, and how many lines came while nobody looked at the chat.
 * @param {HTMLElement} root
 * @param {import("../room/store.js").Store} store
 * @param {Lane} lane
 * @param {() => boolean} inChat
 */
function wireCounts(root, store, lane, inChat) {
  let unread = 0;
  const write = (/** @type {string} */ selector, /** @type {number} */ count) => {
    const place = $(selector, root);
    if (place) place.textContent = count ? String(count) : "";
  };
  const draw = () => {
    write("[data-open-questions]", openOnes(lane.cards()).length);
    write("[data-chat-unread]", unread);
  };
  store.subscribe((_state, frame) => {
    if (frame.type === "chat.posted") unread = inChat() ? 0 : unread + 1;
    if (isOfLane(frame) || frame.type === "chat.posted") draw();
  });
  $('[data-show="chat"]', root)?.addEventListener("click", () => {
    unread = 0;
    draw();
  });
  draw();
}
