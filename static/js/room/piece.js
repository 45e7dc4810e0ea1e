/** A tap on a piece opens its sheet; what the sheet needs is loaded with the first tap. */

/** @param {import("./context.js").Room} room */
export function wirePieces(room) {
  const open = async (/** @type {string} */ product, /** @type {string | null} */ pin) => {
    const { openPiece } = await import("./piece_sheet.js");
    openPiece(room, product, pin);
    document.dispatchEvent(new CustomEvent("seenow:piece", { detail: { product } }));
  };
  room.root.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-piece]") : null;
    if (!(link instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const product = link.dataset["piece"] ?? "";
    if (!room.store.state["products"][product]) return;
    event.preventDefault();
    link.closest("dialog")?.close();
    void open(product, link.closest("[data-pin]")?.getAttribute("data-pin") ?? null);
  });
}
