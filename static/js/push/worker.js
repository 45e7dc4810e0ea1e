/*
 * The site's one service worker: it shows notifications, opens their pages, and stands in when there is no network.
 *
 * Pages always come from the network and are never kept; the one page that is kept is the offline page, which says
 * nothing about anybody. The server puts `self.offline` before this file: where that page is, what it needs, and the
 * folder of this release's files, which never change and are therefore taken from here first.
 */

const worker = /** @type {any} */ (self);
/** @typedef {{ page: string, files: string[], folder: string, release: string }} Offline */
/** @type {Offline} */
const offline = worker.offline ?? { page: "", files: [], folder: "", release: "" };
const KEPT = `seenow-${offline.release}`;

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(keepOfflinePage().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(takeOver());
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(event));
  else if (isReleaseFile(request)) event.respondWith(file(request));
});

async function keepOfflinePage() {
  const cache = await caches.open(KEPT);
  await cache.addAll(offline.files);
  await cache.put(offline.page, await plain(offline.page));
}

/** Read without cookies: the page that is kept is nobody's. @param {string} address */
async function plain(address) {
  const answer = await fetch(address, { credentials: "omit", cache: "reload" });
  if (!answer.ok) throw new TypeError(`${address} is not to be had: ${answer.status}`);
  return answer;
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

/** A page from the network; without one, the offline page. @param {any} event */
async function page(event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(learnLanguage(answer.headers.get("Content-Language")));
    return answer;
  } catch {
    return (await caches.match(offline.page)) ?? Response.error();
  }
}

/** The offline page follows the language last read. @param {string | null} language */
async function learnLanguage(language) {
  if (!language) return;
  const cache = await caches.open(KEPT);
  const kept = await cache.match(offline.page);
  if (kept?.headers.get("Content-Language") === language) return;
  await cache.put(offline.page, await plain(`${offline.page}?hl=${encodeURIComponent(language)}`)).catch(() => {});
}

/** @param {Request} request */
function isReleaseFile(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return false;
  return offline.folder ? pathname.startsWith(offline.folder) : offline.files.includes(pathname);
}

/** A file of this release: from here first. @param {Request} request */
async function file(request) {
  const cache = await caches.open(KEPT);
  // In development files change under the same name: then only the network is believed, and this is the spare.
  const kept = await cache.match(request.url);
  if (kept && offline.folder) return kept;
  try {
    const answer = await fetch(request);
    if (offline.folder && answer.status === 200) await cache.put(request.url, answer.clone());
    return answer;
  } catch (reason) {
    if (kept) return kept;
    throw reason;
  }
}

worker.addEventListener("push", (/** @type {any} */ event) => {
  let message = { title: "SeeNow", body: "", url: "/", tag: "" };
  try {
    message = { ...message, ...event.data.json() };
  } catch {
    // A message nobody can read is shown as what it is: something to look up.
  }
  const options = { body: message.body, tag: message.tag, icon: "/icons/icon-192.png", data: { url: message.url } };
  event.waitUntil(worker.registration.showNotification(message.title, options));
});

worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/", worker.location.origin);
  if (url.origin !== worker.location.origin) return;
  event.waitUntil(show(url.href));
});

/** @param {string} href */
async function show(href) {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.find((/** @type {{ url: string }} */ page) => page.url.split("#")[0] === href.split("#")[0]);
  return open ? open.focus() : worker.clients.openWindow(href);
}
