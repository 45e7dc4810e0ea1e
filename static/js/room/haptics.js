/** A short answer under the finger, where the device offers it and nobody asked for stillness. */

import { isCalm } from "./calm.js";

/** @param {number | number[]} [pattern] ms, as `navigator.vibrate` takes them */
export function buzz(pattern = 8) {
  if (isCalm() || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  navigator.vibrate?.(pattern);
}
