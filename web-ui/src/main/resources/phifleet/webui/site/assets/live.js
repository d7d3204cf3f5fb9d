// The fleet as it is now. One stream for the whole page: the gateway's events, or, where nobody knows a fleet (a worker alone,
// or NGINX while the gateway is gone), the answers of the workers that can be reached.

import { call, getJson, service } from "./api.js";
import { events } from "./event-stream.js";
import { alone } from "./alone.js";
import { isAsking } from "./key.js";

/** Seconds of history that are kept here, for where no gateway keeps any. */
const HISTORY_SECONDS = 300;

/** A live stream says something each second; after so long without, it is not live. */
const SILENCE_MS = 6_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
const MAX_LOG = 200;

/** Clocks of one fleet differ by less. */
const SAME_MS = 2_000;

/**
 * What is known. `mode` is `connecting`, `live` (the gateway's stream), `alone` (workers asked one by one) or `broken`;
 * `since` is when it came about, `heard` when anything was last heard.
 */
export const fleet = {
  mode: "connecting",
  since: new Date(),
  heard: null,
  problem: "",
  gateway: null,
  workers: new Map(),
  log: [],
  history: [],
};

/** The workers that are not gone. */
export const present = () => [...fleet.workers.values()].filter((worker) => worker.state !== "gone");

const listeners = new Set();

/** Listeners are called once a frame, whatever came since the last: a large fleet changes many times between two. */
let frame = 0;

/** Milliseconds that reading what came since the last frame has taken. */
let spent = 0;

/** Ends the stream that is open. */
let hangUp = new AbortController();
let gone = false;

/** Calls a listener at each change; gives what ends that. */
export function watch(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Starts the stream; it goes on as long as the page is looked at. A hidden page hangs up: browsers keep few connections a
 * server, and pages that are left alone, or kept to go back to, would use them up.
 */
export async function start() {
  setInterval(remember, 1_000);
  const changed = (left) => {
    gone = left;
    if (isHidden()) {
      hangUp.abort();
    }
  };
  document.addEventListener("visibilitychange", () => changed(gone));
  window.addEventListener("pagehide", () => changed(true));
  window.addEventListener("pageshow", () => changed(false));
  let pause = FIRST_PAUSE_MS;
  while (true) {
    await seen();
    const before = fleet.heard;
    try {
      if ((await service()) === "phi-gateway") {
        await follow();
        broke("The stream ended.");
      } else {
        await followAlone();
      }
    } catch (failure) {
      if (!isHidden()) {
        broke(failure.message);
      }
    }
    pause = fleet.heard === before ? Math.min(pause * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
    await sleep(pause);
  }
}

/** Ends by an error, or when the server ends it. */
async function follow() {
  const stop = new AbortController();
  hangUp = stop;
  const guard = silence(() => stop.abort());
  try {
    const response = await call("fleet/events", { signal: stop.signal, unasked: true });
    for await (const event of events(response)) {
      guard.heard();
      take(event);
    }
  } catch (failure) {
    throw failure.name === "AbortError" ? new Error("The stream fell silent.") : failure;
  } finally {
    guard.end();
  }
}

/** Until a gateway is there, or nobody is. */
async function followAlone() {
  for await (const workers of alone()) {
    enter("alone");
    fleet.gateway = null;
    replaceWorkers(workers);
    tell();
    await seen();
  }
}

const isHidden = () => gone || document.hidden;

/** Waits until the page is looked at. */
async function seen() {
  while (isHidden()) {
    await new Promise((resolve) => {
      document.addEventListener("visibilitychange", resolve, { once: true });
      window.addEventListener("pageshow", resolve, { once: true });
    });
  }
}

function take(event) {
  const began = performance.now();
  read(event);
  spent += performance.now() - began;
}

function read({ name, data }) {
  fleet.heard = new Date();
  if (name === "comment") {
    return;
  }
  const content = JSON.parse(data);
  if (name === "snapshot") {
    enter("live");
    fleet.gateway = content.gateway;
    replaceWorkers(content.workers);
    recall();
  } else if (name === "happened") {
    happened(content);
  } else if (name === "worker") {
    putWorker(content);
  } else if (name === "removed") {
    removeWorker(content.id);
  } else if (name === "gateway") {
    fleet.gateway = content;
  }
  tell();
}

function enter(mode) {
  fleet.heard = new Date();
  if (fleet.mode !== mode) {
    if (fleet.mode === "broken") {
      note(mode === "live" ? "The stream is back." : "A worker answers again.", "stream");
    }
    if (mode === "alone") {
      note("No gateway answers: the workers are asked one by one.", "stream");
    }
    fleet.mode = mode;
    fleet.since = new Date();
    fleet.problem = "";
  }
}

function broke(problem) {
  if (fleet.mode !== "broken") {
    note(`The stream broke: ${problem}`, "stream");
    fleet.mode = "broken";
    fleet.since = new Date();
  }
  fleet.problem = problem;
  tell();
}

function replaceWorkers(workers) {
  const present = new Set(workers.map((worker) => worker.id));
  [...fleet.workers.keys()].filter((id) => !present.has(id)).forEach(removeWorker);
  workers.forEach(putWorker);
}

function putWorker(worker) {
  const before = fleet.workers.get(worker.id);
  fleet.workers.set(worker.id, worker);
  // A gateway says itself what happened.
  if (fleet.mode === "alone" && before?.state !== worker.state) {
    note(changed(worker, before), worker.state);
  }
}

function removeWorker(id) {
  if (fleet.workers.delete(id) && fleet.mode === "alone") {
    note(`${id} is no longer known.`, "gone");
  }
}

function changed(worker, before) {
  const reason = worker.state_reason ? ` (${worker.state_reason})` : "";
  const what = {
    joining: "joins",
    ready: before ? "is ready again" : "is ready",
    cordoned: "is cordoned",
    draining: "drains",
    ejected: "is passed over",
    gone: "is gone",
    starting: "starts",
  };
  const joined = before?.state === "joining" && worker.state === "ready";
  return `${worker.id} ${joined ? "is ready" : what[worker.state] ?? worker.state}${worker.state === "ready" ? "" : reason}.`;
}

/** The state by whose colour an event is marked. */
const COLOURS = { joined: "joining", ready: "ready", draining: "draining", passed_over: "ejected", left: "gone", died: "ejected", retried: "draining" };

function note(text, kind) {
  logged({ at: new Date(), text, kind });
}

/** Gateways number what they see each for itself, and an answer may be another's than the stream: the same words at the same time are one. */
function happened({ at, kind, text, by }) {
  const entry = { at: new Date(at), text: by ? `${text} By ${by}.` : text, kind: COLOURS[kind] ?? kind };
  if (!fleet.log.some((other) => other.text === entry.text && Math.abs(other.at - entry.at) < SAME_MS)) {
    logged(entry);
  }
}

/** The newest first, by the clock of whoever saw it. */
function logged(entry) {
  const place = fleet.log.findIndex((other) => other.at <= entry.at);
  fleet.log.splice(place < 0 ? fleet.log.length : place, 0, entry);
  fleet.log.length = Math.min(fleet.log.length, MAX_LOG);
}

/** What happened before this page was there, or while it was not. */
async function recall() {
  try {
    (await getJson("fleet/history/events", { unasked: true, timeout: 5_000 })).events.forEach(happened);
    tell();
  } catch {
    // An older gateway, or one that has just gone: what happens from now on is told.
  }
}

/** One point of history a second; none while nothing is known, so that a gap shows as a gap. */
function remember() {
  const known = fleet.mode === "live" || fleet.mode === "alone";
  const workers = present();
  const sum = (field) => workers.reduce((total, worker) => total + (worker[field] ?? 0), 0);
  const p99 = workers.map((worker) => worker.latency_ms).filter((latency) => latency?.count > 0).map((latency) => latency.p99);
  fleet.history.push({
    at: Date.now() / 1000,
    rate: known ? sum("requests_per_second") : null,
    p99: known && p99.length > 0 ? Math.max(...p99) : null,
  });
  fleet.history.splice(0, fleet.history.length - HISTORY_SECONDS);
  tell();
}

function tell() {
  frame ||= requestAnimationFrame(draw);
}

function draw() {
  const began = performance.now();
  frame = 0;
  listeners.forEach((listener) => listener(fleet));
  // For whoever watches how smooth this is; nothing is kept.
  performance.measure("fleet-frame", { start: began - spent, end: performance.now() });
  performance.clearMeasures("fleet-frame");
  spent = 0;
}

function silence(then) {
  let timer = setTimeout(end, SILENCE_MS);
  function end() {
    // A person who looks for the key is no silence of the server's.
    if (isAsking()) {
      timer = setTimeout(end, SILENCE_MS);
    } else {
      then();
    }
  }
  return {
    heard() {
      clearTimeout(timer);
      timer = setTimeout(end, SILENCE_MS);
    },
    end: () => clearTimeout(timer),
  };
}

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
