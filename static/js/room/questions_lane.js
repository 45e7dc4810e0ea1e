/**
 * The lane of a room: what was asked, from the store and from the server's own list, with what this viewer did. The
 * store's word is the newest; what it has no room for, or nobody else sees, is kept here.
 */

/**
 * @typedef {Record<string, any>} Json
 * @typedef {Json & { id: string, product: string, state: string, votes: number, mine: boolean, raised: boolean }} Card
 */

export class Lane {
  /** @param {{ store: import("./store.js").Store, you: () => Json }} room */
  constructor({ store, you }) {
    this.store = store;
    this.you = you;
    /** @type {Map<string, Json>} cards as the server gave them to this viewer */
    this.given = new Map();
    /** @type {Map<string, number>} the latest count an answer of the server or a frame told */
    this.counts = new Map();
    /** @type {Set<string>} */
    this.raised = new Set();
    /** @type {Map<string, boolean>} what this viewer said of answers the server has not listed */
    this.helped = new Map();
    store.subscribe((_room, frame) => this.hear(frame));
  }

  /** Every question that was not taken away, each as this viewer sees it. @returns {Card[]} */
  cards() {
    const listed = this.store.state["questions"];
    const ids = new Set(listed.map((/** @type {Json} */ one) => one["id"]));
    const older = [...this.given.values()].filter((one) => !ids.has(one["id"]));
    return [...older, ...listed].filter((one) => one["state"] !== "removed").map((one) => this.own(one));
  }

  /** @param {Json} card @returns {Card} */
  own(card) {
    const given = this.given.get(card["id"]);
    const author = this.you()["author"];
    const mine = Boolean(given?.["mine"]) || (Boolean(author) && card["author"] === author);
    const raised = mine || Boolean(given?.["raised"]) || this.raised.has(card["id"]);
    const votes = Math.max(card["votes"], this.counts.get(card["id"]) ?? 0);
    const helped = given?.["helped"] ?? this.helped.get(card["id"]) ?? null;
    return /** @type {Card} */ (/** @type {Json} */ ({ ...card, mine, raised, votes, helped }));
  }

  /** What the server lists. @param {Json[]} cards */
  take(cards) {
    for (const card of cards) {
      this.given.set(card["id"], card);
      this.counts.set(card["id"], card["votes"]);
    }
  }

  /** What an act of this person made of a question; what they had to do with it before stays. @param {Json} card */
  replace(card) {
    const { mine = false, raised = false, helped = null } = this.given.get(card["id"]) ?? {};
    this.take([{ ...card, mine, raised, helped }]);
  }

  /** What this viewer says of the answer. @param {Card} card @param {boolean | null} helpful */
  judge(card, helpful) {
    const given = this.given.get(card.id);
    if (given) given["helped"] = helpful;
    else if (helpful === null) this.helped.delete(card.id);
    else this.helped.set(card.id, helpful);
  }

  /** This viewer's hand goes up, or down again when the server would not have it. @param {Card} card @param {boolean} up */
  hand(card, up) {
    if (up) this.raised.add(card.id);
    else this.raised.delete(card.id);
    this.counts.set(card.id, card.votes + (up ? 1 : 0));
  }

  /** @param {import("./reducer.js").Frame} frame */
  hear(frame) {
    if (frame.type === "hello" && frame["snapshot"]) this.given.clear();
    const known = this.given.get(frame["id"]);
    if (known) this.given.set(frame["id"], after(known, frame));
  }
}

/** @param {Json} card @param {Json} frame */
function after(card, frame) {
  if (frame["type"] === "question.raised") return { ...card, votes: frame["votes"] };
  if (frame["type"] === "question.answered") return { ...card, state: "answered", answer: frame["answer"], on_air: frame["on_air"] };
  return frame["type"] === "question.removed" ? { ...card, state: "removed" } : card;
}

/** Whether the lane may look different after a frame. @param {Json} frame */
export function isOfLane(frame) {
  return frame["type"].startsWith("question.") || frame["type"] === "hello" || frame["type"] === "lineup.changed";
}

/** Open ones. @param {Card[]} cards @param {string} [product] */
export function openOnes(cards, product = "") {
  return cards.filter((card) => card.state === "open" && (!product || card.product === product));
}

const RANK = ["held", "open", "answered"];

/**
 * What waits for a moderator, then what is wanted most, then what was answered last.
 * @param {Card[]} cards
 */
export function sorted(cards) {
  const when = (/** @type {Card} */ card) => (card.state === "answered" ? -card["at"] : card["at"]);
  return cards.toSorted((a, b) => RANK.indexOf(a.state) - RANK.indexOf(b.state) || (a.state === "open" ? b.votes - a.votes : 0) || when(a) - when(b));
}

/**
 * The products in the order people think of them: what lies on the stage, the newest first, then the line-up.
 * @param {Json} room
 * @returns {string[]}
 */
export function productOrder(room) {
  const onStage = room["pins"].map((/** @type {Json} */ pin) => pin["product"]).toReversed();
  const planned = room["lineup"].map((/** @type {Json} */ item) => item["product"]);
  return [...new Set([...onStage, ...planned])];
}

/**
 * The questions by product, products without any left out.
 * @param {Card[]} cards
 * @param {string[]} order products
 * @returns {{ product: string, cards: Card[] }[]}
 */
export function grouped(cards, order) {
  const left = [...new Set(cards.map((card) => card.product))].filter((product) => !order.includes(product));
  const groups = [...order, ...left].map((product) => ({ product, cards: sorted(cards.filter((card) => card.product === product)) }));
  return groups.filter((group) => group.cards.length);
}

/**
 * Which of the questions are not on the screen yet, and which of those on it went away. What stands there keeps its
 * place: nothing moves under a finger.
 * @param {string[]} shown ids
 * @param {Card[]} cards
 */
export function news(shown, cards) {
  const there = new Set(cards.map((card) => card.id));
  const on = new Set(shown);
  return { fresh: cards.filter((card) => !on.has(card.id)), gone: shown.filter((id) => !there.has(id)) };
}
