/** The announcement above the chat. Whoever has read it may put it away for themselves; the next one shows again. */

import { $, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { icon } from "../lib/icon.js";

const AWAY = "seenow.notice.away";

/**
 * What to show: nothing once this one was put away.
 * @param {{ id: string } | null | undefined} notice
 * @param {string | null} away the one put away
 */
export function shownNotice(notice, away) {
  return notice && notice.id !== away ? notice : null;
}

/** @param {import("./context.js").Room} room */
export function showNotice({ root, store, announce }) {
  const place = $("[data-notice]", root);
  if (!place) return;
  let said = store.state["notice"]?.id ?? "";
  const draw = () => {
    const notice = /** @type {any} */ (shownNotice(store.state["notice"], sessionStorage.getItem(AWAY)));
    place.hidden = !notice;
    if (!notice) return;
    if (place.dataset["notice"] !== notice.id) place.replaceChildren(...card(notice, putAway));
    place.dataset["notice"] = notice.id;
    if (notice.id !== said) announce(t("Announcement: %(text)s", { text: notice.text }));
    said = notice.id;
  };
  const putAway = () => {
    sessionStorage.setItem(AWAY, store.state["notice"]?.id ?? "");
    draw();
    $("[data-chat]", root)?.focus();
  };
  // What the server drew has no button yet.
  place.dataset["notice"] = "";
  store.subscribe(draw);
  draw();
}

/** @param {Record<string, any>} notice @param {() => void} putAway */
function card(notice, putAway) {
  return [
    h("p", { class: "room-notice__text" }, h("bdi", { class: "room-notice__name" }, notice["name"]), " ", h("bdi", { dir: "auto" }, notice["text"])),
    h("button", { class: "button button--icon room-notice__away", type: "button", onclick: putAway, "aria-label": t("Put the announcement away") }, icon("close")),
  ];
}
