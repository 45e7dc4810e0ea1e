/** The service worker: without it pages work, with it there is a page for when there is no network. */

/** Have the browser keep the worker, once everything the reader waits for is there. */
export function keepWorker() {
  if (!("serviceWorker" in navigator)) return;
  const keep = () => void navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {});
  if (document.readyState === "complete") keep();
  else addEventListener("load", keep, { once: true });
}
