/** What was typed in a room outlives the page: a reload, a crash, a wrong tap. Kept per tab and room, by the browser. */

/**
 * @typedef {{ draft: string, reply: string, lines: import("./chat_own.js").Own[] }} Kept
 */

const EMPTY = { draft: "", reply: "", lines: [] };

/**
 * @param {string} slug
 * @param {Pick<Storage, "getItem" | "setItem" | "removeItem"> | null} [storage]
 */
export function keeper(slug, storage = tabStorage()) {
  const name = `seenow.chat.${slug}`;
  /** @type {Kept} */
  let kept = { ...EMPTY, ...read(storage, name) };
  return {
    get kept() {
      return kept;
    },
    /** @param {Partial<Kept>} change */
    keep(change) {
      kept = { ...kept, ...change };
      try {
        if (kept.draft || kept.lines.length) storage?.setItem(name, JSON.stringify(kept));
        else storage?.removeItem(name);
      } catch {
        // A full or forbidden storage takes nothing from the page itself.
      }
    },
  };
}

/** @param {Pick<Storage, "getItem"> | null} storage @param {string} name @returns {Partial<Kept>} */
function read(storage, name) {
  try {
    return JSON.parse(storage?.getItem(name) ?? "null") ?? {};
  } catch {
    return {};
  }
}

/** @returns {Storage | null} */
function tabStorage() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
