/** Buttons and words around the host's camera. */

import { $ } from "../lib/dom.js";
import { send } from "../lib/http.js";
import { t } from "../lib/i18n.js";
import { toast } from "../lib/toast.js";
import { Camera } from "./camera.js";

/**
 * @param {HTMLElement} root
 * @param {{ base: string, isOpen: () => boolean }} wiring
 */
export function wireCamera(root, { base, isOpen }) {
  const air = /** @type {HTMLButtonElement} */ ($('[data-camera-act="air"]', root));
  const look = /** @type {HTMLButtonElement} */ ($('[data-camera-act="preview"]', root));
  const preview = /** @type {HTMLVideoElement} */ ($("[data-preview]", root));
  const askPass = () => send("POST", location.pathname, { do: "key" });

  const camera = new Camera(preview, { base, askPass, onChange: draw });

  /**
   * @param {import("./camera.js").CameraState} state
   * @param {string} why
   */
  function draw(state, why) {
    const busy = state === "connecting" || state === "air" || state === "away";
    root.dataset["camera"] = state;
    delete root.dataset["refused"];
    look.hidden = state !== "off";
    air.hidden = state === "off";
    air.textContent = busy ? t("Go off air") : t("Go on air");
    air.classList.toggle("button--signal", !busy);
    air.classList.toggle("button--quiet", busy);
    /** @type {HTMLElement} */ ($("[data-camera-hint]", root)).textContent = hint(state, why);
  }

  look.addEventListener("click", () => open(camera, root));
  air.addEventListener("click", () => {
    if (camera.onAir()) return camera.stop();
    if (!isOpen()) return toast(t("Start the rehearsal first, then go on air."));
    camera.start().catch((error) => toast(error.message, { tone: "error" }));
  });
  for (const select of root.querySelectorAll("select[data-device]")) {
    select.addEventListener("change", () => open(camera, root));
  }
  addEventListener("pagehide", () => camera.close());
  void askedBefore(root);
  return camera;
}

/**
 * @param {Camera} camera
 * @param {HTMLElement} root
 */
async function open(camera, root) {
  const chosen = (/** @type {string} */ name) => /** @type {HTMLSelectElement} */ ($(`[data-device="${name}"]`, root));
  try {
    await camera.show({ camera: chosen("camera").value, microphone: chosen("microphone").value });
  } catch (error) {
    refuse(root, refusal(error instanceof DOMException ? error.name : "", Boolean(navigator.mediaDevices)));
    return;
  }
  const { cameras, microphones } = await camera.devices();
  fill(chosen("camera"), cameras);
  fill(chosen("microphone"), microphones);
  /** @type {HTMLElement} */ ($("[data-devices]", root)).hidden = cameras.length + microphones.length < 3;
}

/**
 * @param {HTMLSelectElement} select
 * @param {MediaDeviceInfo[]} devices
 */
function fill(select, devices) {
  const before = select.value;
  select.replaceChildren(...devices.map((device, number) => new Option(device.label || String(number + 1), device.deviceId)));
  if (devices.some((device) => device.deviceId === before)) select.value = before;
}

/** Stands where the picture would, until it is there. @param {HTMLElement} root @param {string} words */
function refuse(root, words) {
  root.dataset["refused"] = "";
  /** @type {HTMLElement} */ ($("[data-camera-hint]", root)).textContent = words;
  /** @type {HTMLElement} */ ($('[data-camera-act="preview"]', root)).textContent = t("Try again");
}

/** Who said no before is told at once, not after a tap. @param {HTMLElement} root */
async function askedBefore(root) {
  for (const name of ["camera", "microphone"]) {
    const asked = { name: /** @type {PermissionName} */ (name) };
    const known = await navigator.permissions?.query(asked).catch(() => null);
    if (known?.state === "denied") return refuse(root, refusal("NotAllowedError", true));
  }
}

/** @param {string} name the browser's name of the error @param {boolean} offered whether the browser gives cameras here at all */
export function refusal(name, offered) {
  if (name === "NotAllowedError") return t("The browser was told not to give camera and microphone. Allow them beside the address, then try again.");
  if (name === "NotFoundError") return t("No camera or microphone was found. Plug one in, then try again.");
  if (name === "NotReadableError") return t("Another program uses the camera. Close it there, then try again.");
  if (!offered) return t("Browsers give the camera only over HTTPS or on this very machine.");
  return t("The camera did not open. Try again.");
}

/**
 * @param {import("./camera.js").CameraState} state
 * @param {string} why
 */
function hint(state, why) {
  /** @type {Record<string, string>} */
  const reasons = {
    bad_key: t("The key is no longer good. Go on air again."),
    replaced: t("You are on air from another device."),
    over: t("The show is over."),
    refused: t("The picture was refused. Go on air again."),
  };
  /** @type {Record<import("./camera.js").CameraState, string>} */
  const words = {
    off: t("Your camera is off. Look at yourself first, then go on air."),
    preview: t("Only you see this."),
    connecting: t("Going on air."),
    air: t("On air."),
    away: t("The line dropped. It comes back by itself; viewers see a slate."),
    stopped: reasons[why] ?? t("Off air."),
  };
  return words[state];
}
