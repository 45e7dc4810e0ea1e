/** Sheets and drawers over the native <dialog>: it traps and gives back the focus by itself. */

/**
 * Open as a modal; a tap beside it or Escape closes it.
 * @param {HTMLDialogElement} dialog
 */
export function openDialog(dialog) {
  if (!dialog.open) dialog.showModal();
}

/**
 * Wire every `[data-open="id"]` and `[data-close]` of the page, and taps on the backdrop.
 * @param {Document} [page]
 */
export function listenToDialogs(page = document) {
  page.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest("[data-open]");
    const dialog = opener && page.getElementById(opener.getAttribute("data-open") ?? "");
    if (dialog instanceof HTMLDialogElement) openDialog(dialog);
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
    if (event.target instanceof HTMLDialogElement && isOutside(event.target, event)) event.target.close();
  });
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {MouseEvent} event
 */
function isOutside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  return !inside && event.detail > 0;
}
