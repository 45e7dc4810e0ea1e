/** What the chat says to people: why a line was not sent, and the marks beside names. */

import { t } from "../lib/i18n.js";

/** What a refused line tells its author. @param {string} code */
export function refusal(code) {
  const words = new Map([
    ["too_fast", t("You write faster than people read. Wait a moment.")],
    ["too_long", t("Keep it under 500 characters.")],
    ["nothing_visible", t("Write something that can be read.")],
    ["name_needed", t("Choose a name first.")],
    ["name_reserved", t("Your name could be mistaken for staff or a brand. Choose another.")],
    ["account_needed", t("Sign in to write in this room.")],
    ["sign_in_first", t("Sign in to write from here.")],
    ["room_closed", t("The room is closed.")],
    ["slow_mode", t("Slow mode is on. Wait a moment between two lines.")],
    ["muted", t("A moderator paused your writing.")],
    ["banned", t("You cannot write in this room.")],
    ["followers_only", t("In this show the people who follow its host write.")],
    ["buyers_only", t("In this show the people who bought here write.")],
    ["no_links", t("Links are for hosts and staff. Say it without the address.")],
    ["blocked_words", t("There is a word in it that this room does not want. Say it in another way.")],
    ["repeated", t("You said this a moment ago.")],
  ]);
  return words.get(code) ?? t("Not sent.");
}

/** The mark beside a name; only the server gives badges. @param {string} badge */
export function badgeText(badge) {
  if (badge === "host") return t("Host");
  return badge === "staff" ? t("Maison") : t("Moderator");
}
