// Calls of the API that served this page. Paths are relative to the page, so that it also works below a proxy's path, and a
// worker's own page works at /workers/{id}/.

import { askForKey, dropKey, isDeclined, key } from "./key.js";

const base = new URL(".", document.baseURI);

/** The absolute address of a path of the API. */
export const address = (path) => new URL(path.replace(/^\//, ""), base).href;

/** An answer that is a refusal, with what the server said of it. */
export class Refusal extends Error {
  constructor(status, message, details = {}, retryAfter = null) {
    super(message);
    this.status = status;
    this.details = details;
    this.retryAfter = retryAfter;
  }
}

/** The server did not answer at all. */
export class Unreachable extends Error {
  constructor() {
    super("The server does not answer.");
  }
}

/**
 * Sends a request with the key; asks a person for one where the server wants it. Gives the response where it is 2xx. Beside the
 * options of fetch there is `timeout`, in ms, which the time that a person takes is no part of, and `unasked`, for what the page
 * does of its own accord: it does not ask a person again who has given no key; and `as`, a key in place of the one that is kept.
 */
export async function call(path, options = {}) {
  const sent = key();
  const response = await send(path, options);
  if (response.status === 401 && options.as === undefined) {
    // Another request may have asked for the key meanwhile, and got one.
    if (key() === sent) {
      dropKey();
      if ((options.unasked && isDeclined()) || !(await askForKey())) {
        throw new Refusal(401, "The fleet wants a key, and none was given.");
      }
    }
    return call(path, options);
  }
  if (!response.ok) {
    throw await refusal(response);
  }
  return response;
}

export const getJson = async (path, options) => (await call(path, options)).json();

export const getText = async (path, options) => (await call(path, options)).text();

export const postJson = async (path, body, options = {}) => (await post(path, body, options)).json();

/** Posts JSON and gives the response, for its headers or its stream. */
export const post = (path, body, options = {}) =>
  call(path, {
    ...options,
    method: "POST",
    headers: { "Content-Type": "application/json", ...options.headers },
    body: JSON.stringify(body),
  });

/** Who answers here: `phi-gateway`, or `phi-worker` where there is no gateway. Asks for no key. */
export async function service() {
  const health = await (await send("health", { timeout: 5_000 })).json();
  if (!health.service) {
    throw new Unreachable();
  }
  return health.service;
}

async function send(path, options) {
  const { unasked, timeout, as, ...rest } = options;
  const headers = new Headers(options.headers);
  const shown = as ?? key();
  if (shown) {
    headers.set("Authorization", `Bearer ${shown}`);
  }
  try {
    const limits = [options.signal, timeout && AbortSignal.timeout(timeout)].filter(Boolean);
    return await fetch(address(path), { ...rest, headers, signal: limits.length > 0 ? AbortSignal.any(limits) : null });
  } catch (failure) {
    throw options.signal?.aborted && failure.name === "AbortError" ? failure : new Unreachable();
  }
}

/** Every dialect has its own shape of error; each has a message somewhere. */
async function refusal(response) {
  const text = await response.text();
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  let body = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: an intermediary's page, most likely.
  }
  const error = body?.error ?? body;
  const message = typeof error === "string" ? error : error?.message ?? `The server answered ${response.status}.`;
  return new Refusal(response.status, message, typeof error === "object" && error ? error : {}, retryAfter);
}
