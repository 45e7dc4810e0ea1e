/** Who is showing, and what viewers must be told of them; another host is announced, calmly, when one takes over. */

import { $, h } from "../lib/dom.js";
import { language, t } from "../lib/i18n.js";

/** @typedef {{ slug: string, name: string, disclosure?: string }} Host */

/** "with Camille Aubry and Lin Yue" as links. @param {Host[]} hosts @returns {(Node | string)[]} */
export function hostLinks(hosts) {
  const list = new Intl.ListFormat(language, { type: "conjunction" }).formatToParts(hosts.map((host) => host.name));
  let place = 0;
  return list.map((part) => {
    const host = part.type === "element" ? hosts[place++] : null;
    return host ? h("a", { href: `/hosts/${host.slug}/` }, h("bdi", null, part.value)) : part.value;
  });
}

/** Who came and who left. @param {Host[]} before @param {Host[]} after */
export function hostNews(before, after) {
  const were = new Set(before.map((host) => host.slug));
  const come = after.filter((host) => !were.has(host.slug));
  return come.length ? t("%(names)s hosts now.", { names: new Intl.ListFormat(language).format(come.map((host) => host.name)) }) : "";
}

/** @param {import("./context.js").Room} room */
export function showHosts({ root, store, announce }) {
  const [names, told, words] = [$("[data-hosts]", root), $("[data-disclosure]", root), $("[data-disclosure-words]", root)];
  if (!names || !told || !words) return;
  /** @type {Host[]} */
  let shown = store.state["event"]["hosts"];
  store.subscribe((state) => {
    /** @type {Host[]} */
    const hosts = state["event"]["hosts"];
    if (hosts === shown) return;
    const news = hostNews(shown, hosts);
    shown = hosts;
    names.replaceChildren(...hostLinks(hosts));
    const texts = hosts.filter((host) => host.disclosure).map((host) => h("p", null, h("bdi", null, host.name), `: ${host.disclosure}`));
    words.replaceChildren(...texts);
    told.hidden = texts.length === 0;
    if (news) announce(news);
  });
}
