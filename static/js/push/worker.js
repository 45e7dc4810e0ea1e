/* Shows a notification and opens its page. Nothing else: no page of the site passes through here. */

const worker = /** @type {any} */ (self);

worker.addEventListener("push", (/** @type {any} */ event) => {
  let message = { title: "SeeNow", body: "", url: "/", tag: "" };
  try {
    message = { ...message, ...event.data.json() };
  } catch {
    // A message nobody can read is shown as what it is: something to look up.
  }
  const options = { body: message.body, tag: message.tag, data: { url: message.url } };
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
