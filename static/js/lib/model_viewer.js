/**
 * Google's model-viewer under a policy that allows neither inline style nor WebAssembly.
 *
 * Its decoders for Draco, meshopt and Basis come from elsewhere; the upload guard takes no model that needs one
 * (catalog/domain/gltf.py), so they are never asked for.
 */

// It compiles a decoder as it is loaded, which our policy refuses loudly. Without the word it does without.
Reflect.deleteProperty(globalThis, "WebAssembly");
await import("@google/model-viewer");

/**
 * A viewer inside `holder`, behind what is there already.
 * @param {HTMLElement} holder
 * @param {string} address of the model
 * @param {{ alt: string, turning: boolean, wheel: boolean }} options `turning` by itself; `wheel` and pinch bring it nearer
 */
export function makeViewer(holder, address, { alt, turning, wheel }) {
  const attributes = {
    alt,
    src: address,
    ar: "",
    "ar-modes": "webxr scene-viewer quick-look",
    "camera-controls": "",
    "disable-pan": "",
    "environment-image": "neutral",
    exposure: "1.2",
    "interaction-prompt": "none",
    "max-camera-orbit": "auto 92deg auto",
    "min-camera-orbit": "auto 15deg auto",
    "rotation-per-second": "30deg",
    "shadow-intensity": "0.8",
    "shadow-softness": "0.9",
    "tone-mapping": "neutral",
    "touch-action": "pan-y",
    ...(turning && { "auto-rotate": "", "auto-rotate-delay": "0" }),
    ...(!wheel && { "disable-zoom": "" }),
  };
  const { viewer, sheets } = withSheets(() => document.createElement("model-viewer"));
  for (const [name, value] of Object.entries(attributes)) viewer.setAttribute(name, value);
  holder.prepend(viewer);
  // Only now: an element forgets its sheets when it is put into the page for the first time.
  viewer.shadowRoot?.adoptedStyleSheets.push(...sheets);
  return viewer;
}

/**
 * Its template brings a <style>, which the policy blocks. The rules are ours to allow: they become sheets, which
 * are no inline style. A <link> without an address stands in, for the template counts its elements.
 * @param {() => HTMLElement} make
 */
function withSheets(make) {
  /** @type {CSSStyleSheet[]} */
  const sheets = [];
  document.importNode = (node, deep) => {
    const copy = Document.prototype.importNode.call(document, node, deep);
    if (copy instanceof DocumentFragment) for (const style of copy.querySelectorAll("style")) sheets.push(taken(style));
    return /** @type {any} */ (copy);
  };
  try {
    return { viewer: make(), sheets };
  } finally {
    Reflect.deleteProperty(document, "importNode");
  }
}

/** @param {HTMLStyleElement} style */
function taken(style) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style.textContent ?? "");
  style.replaceWith(document.createElement("link"));
  return sheet;
}
