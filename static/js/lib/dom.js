/** Small helpers over the document. Text always becomes text nodes; nothing here parses HTML. */

/**
 * The first element matching `selector`, or null.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement | null}
 */
export function $(selector, root = document) {
  return /** @type {HTMLElement | null} */ (root.querySelector(selector));
}

/**
 * Every element matching `selector`.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement[]}
 */
export function $$(selector, root = document) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}

const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set(["svg", "path", "circle", "rect", "line", "g", "polyline", "text", "use"]);

/**
 * @typedef {string | number | boolean | null | undefined | EventListener | Record<string, string>} Attribute
 * @typedef {Node | string | number | false | null | undefined} Child
 */

/**
 * Build an element: `h("button", { class: "button", onclick: buy, data: { id } }, "Buy")`.
 * `on…` takes a listener, `data` a dictionary; false, null and undefined attributes are left out, true is empty.
 * @param {string} tag
 * @param {Record<string, Attribute> | null} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes, ...children) {
  const element = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) set(element, name, value);
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : String(child));
    }
  }
  return /** @type {HTMLElement} */ (element);
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {Attribute} value
 */
function set(element, name, value) {
  if (value === false || value === null || value === undefined) return;
  if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
  else if (typeof value === "object") {
    for (const [key, entry] of Object.entries(value)) element.setAttribute(`data-${key}`, entry);
  } else element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Read what `{{ data|json_script:"id" }}` wrote.
 * @param {string} id
 * @returns {any} null when the page has no such script
 */
export function readJson(id) {
  const text = document.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : null;
}
