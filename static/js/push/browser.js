/** Notifications in this browser: whether it can, whether it may, and telling the server where to write. */

import { send } from "../lib/http.js";

const API = "/api/v1/me/push/";

/** Whether this browser knows push at all. */
export function canPush() {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

/** Whether it was asked and said yes. */
export function mayPush() {
  return canPush() && Notification.permission === "granted";
}

/** @param {string} key base64url */
function octets(key) {
  const text = atob(key.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/**
 * Ask the browser, which asks the person; call it from a click only.
 * @returns {Promise<boolean>} whether we may write from now on
 */
export async function allowPush() {
  const { key } = await send("GET", API);
  if (!key || (await Notification.requestPermission()) !== "granted") return false;
  const worker = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  const known = await worker.pushManager.getSubscription();
  const subscription =
    known ?? (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: octets(key) }));
  await send("POST", API, subscription.toJSON());
  return true;
}

/** Whether this installation sends pushes, and whether it knows a browser of ours. */
export function pushState() {
  return send("GET", API);
}
