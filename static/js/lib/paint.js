/** Waiting until there is something to see: what a page needs to be looked at comes before what it needs to be used. */

// A tab that nobody looks at is never painted, and its page works all the same.
const AT_MOST_MS = 1000;

/** When the page has been painted for the first time; at once where the browser does not tell. @returns {Promise<void>} */
export function firstPaint() {
  const painted = performance.getEntriesByType("paint").length > 0;
  if (painted || document.hidden || !PerformanceObserver.supportedEntryTypes?.includes("paint")) return Promise.resolve();
  return new Promise((done) => {
    new PerformanceObserver(() => done()).observe({ type: "paint", buffered: true });
    setTimeout(done, AT_MOST_MS);
  });
}
