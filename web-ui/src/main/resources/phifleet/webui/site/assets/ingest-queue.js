// Images on their way into the index: a few at once, each with its state.

import { call, Refusal } from "./api.js";

/** Requests at once: a browser has six connections to a server, and the page's own are two of them. */
const AT_ONCE = 4;

/** How often an image is sent that the fleet has no room for at the moment. */
const TRIES = 6;
const LONGEST_WAIT_S = 30;

/** What is over, well or not. */
export const ENDED = new Set(["indexed", "near", "duplicate", "failed", "cancelled"]);
const AGAIN = new Set(["failed", "cancelled"]);

/** `changed(item)` is called at each change; `ended()` once nothing is left to do. */
export function ingestQueue({ changed, ended }) {
  const items = [];
  let waiting = [];
  let running = 0;
  let stop = new AbortController();

  function add(images) {
    const fresh = images.map((image) => ({ ...image, state: "queued", note: "", answer: null }));
    items.push(...fresh);
    waiting.push(...fresh);
    fresh.forEach(changed);
    go();
  }

  /** Those that failed, or were not sent since a person stopped it. */
  function again() {
    const failed = items.filter(({ state }) => AGAIN.has(state));
    failed.forEach((item) => set(item, "queued"));
    waiting.push(...failed);
    go();
  }

  function cancel() {
    waiting.forEach((item) => set(item, "cancelled", "not sent"));
    waiting = [];
    stop.abort();
    stop = new AbortController();
  }

  /** What is still on its way then is heard of no more. */
  function clear() {
    items.forEach((item) => (item.isGone = true));
    cancel();
    items.length = 0;
  }

  function go() {
    while (running < AT_ONCE && waiting.length > 0) {
      running++;
      send(waiting.shift(), stop.signal).finally(() => {
        running--;
        go();
        if (running === 0 && waiting.length === 0) {
          ended();
        }
      });
    }
  }

  async function send(item, signal) {
    for (let tries = 1; ; tries++) {
      set(item, "sending");
      try {
        const response = await call(`ingest?${new URLSearchParams({ id: item.name })}`, {
          method: "POST",
          headers: { "Content-Type": item.type },
          body: item.file,
          signal,
        });
        return arrived(item, await response.json());
      } catch (failure) {
        if (signal.aborted) {
          return set(item, "cancelled", "stopped on its way: it may be in the index");
        }
        const seconds = failure instanceof Refusal && (failure.status === 429 || failure.status === 503) ? failure.retryAfter ?? 1 : null;
        if (seconds === null || tries === TRIES) {
          return set(item, "failed", failure.message);
        }
        const pause = Math.min(seconds, LONGEST_WAIT_S);
        set(item, "queued", `the fleet is busy: again in ${pause} s`);
        await rest(pause * 1000, signal);
        if (signal.aborted) {
          return set(item, "cancelled", "not sent");
        }
      }
    }
  }

  function arrived(item, { images: [image], errors: [error] }) {
    if (!image) {
      return set(item, "failed", error?.reason ?? "The answer says nothing of it.");
    }
    item.answer = image;
    const [near] = image.near_duplicates ?? [];
    if (image.outcome === "duplicate") {
      return set(item, "duplicate", image.same === "pixels" ? "the same pixels are there in another file" : "the same file is there");
    }
    return near
      ? set(item, "near", `indexed; nearly ${near.id ?? near.image.slice(0, 12)}, ${near.score.toFixed(3)}`)
      : set(item, "indexed", "");
  }

  function set(item, state, note = "") {
    item.state = state;
    item.note = note;
    if (!item.isGone) {
      changed(item);
    }
  }

  return { items, add, again, cancel, clear };
}

function rest(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
