/** Requests to our own API: CSRF header, idempotency key, errors by code. */

/** An answer of the API that is not a success. `fields` maps form fields to their messages. */
export class ApiError extends Error {
  /**
   * @param {number} status HTTP status; 0 when no answer came
   * @param {string} code
   * @param {string} message
   * @param {Record<string, string[]>} [fields]
   */
  constructor(status, code, message, fields = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

/** @returns {string} */
function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
}

/** A fresh idempotency key; keep it for every retry of the same intent. */
export function newKey() {
  return crypto.randomUUID();
}

/**
 * Send JSON and read JSON. GET has no body; `key` becomes the Idempotency-Key header.
 * @param {string} method
 * @param {string} url
 * @param {unknown} [body]
 * @param {{ key?: string, signal?: AbortSignal }} [options]
 * @returns {Promise<any>} null for an empty answer
 * @throws {ApiError} code `network` when no answer came
 */
export async function send(method, url, body, { key, signal } = {}) {
  const headers = new Headers({ Accept: "application/json" });
  if (method !== "GET") headers.set("X-CSRFToken", csrfToken());
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (key) headers.set("Idempotency-Key", key);
  /** @type {RequestInit} */
  const request = { method, headers, credentials: "same-origin" };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (signal) request.signal = signal;
  return read(await reach(url, request));
}

/**
 * @param {string} url
 * @param {RequestInit} request
 * @returns {Promise<Response>}
 */
async function reach(url, request) {
  try {
    return await fetch(url, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "network", "No connection.");
  }
}

/**
 * @param {Response} response
 * @returns {Promise<any>}
 */
async function read(response) {
  const data = await response.json().catch(() => null);
  if (response.ok) return data;
  const error = data?.error ?? {};
  throw new ApiError(response.status, error.code ?? "unknown", error.message ?? response.statusText, error.fields);
}
