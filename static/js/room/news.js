/** What is told to people who do not see the room, beside pins and mentions: answers to them, and how the show goes. */

import { t } from "../lib/i18n.js";
import { shortened } from "./chat_text.js";

/**
 * @typedef {Record<string, any>} Json
 */

/**
 * The words for a frame, empty for most.
 * @param {Json} state the room after it
 * @param {Json} frame
 * @param {Json} you
 */
export function newsOf(state, frame, you) {
  if (frame["type"] === "question.answered") return answerText(state, frame, you);
  if (frame["type"] === "event.state") return frame["state"] === "live" ? t("The show is live.") : frame["state"] === "ended" ? t("The show is over") : "";
  if (frame["type"] === "stream.state") return frame["state"] === "lost" ? t("The picture is away for a moment. Chat and shop go on.") : "";
  return "";
}

/** @param {Json} state @param {Json} frame @param {Json} you */
function answerText(state, frame, you) {
  const question = state["questions"].find((/** @type {Json} */ one) => one["id"] === frame["id"]);
  if (!question || !you["author"] || question["author"] !== you["author"]) return "";
  if (frame["answer"]) return t("Your question was answered: %(text)s", { text: shortened(frame["answer"].text, 200) });
  return frame["on_air"] ? t("Your question is answered on air now.") : "";
}

/** @param {import("./context.js").Room} room */
export function wireNews(room) {
  room.store.subscribe((state, frame) => room.announce(newsOf(state, frame, room.you)));
}
