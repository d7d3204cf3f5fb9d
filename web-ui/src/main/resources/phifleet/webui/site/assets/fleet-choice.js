// Which workers are shown, and in which order.

import { byName, distinct } from "./names.js";

/** What needs a look first. */
const URGENCY = { ejected: 0, gone: 1, draining: 2, cordoned: 3, joining: 4, starting: 4, ready: 5 };

const byId = (a, b) => byName(a.id, b.id);
const falling = (value) => (a, b) => (value(b) ?? -1) - (value(a) ?? -1) || byId(a, b);

/** The orders, by the names that people see; those of `moving` change by the second. */
export const ORDERS = {
  "Trouble first": { compare: (a, b) => urgency(a) - urgency(b) || byId(a, b) },
  Name: { compare: byId },
  "Requests/s": { moving: true, compare: falling((worker) => worker.requests_per_second) },
  p99: { moving: true, compare: falling((worker) => (worker.latency_ms?.count ? worker.latency_ms.p99 : null)) },
  Waiting: { moving: true, compare: falling((worker) => worker.queue?.depth) },
  "In flight": { moving: true, compare: falling((worker) => worker.in_flight) },
};

export const urgency = (worker) => URGENCY[worker.state] ?? 0;

/** The machine that a worker runs on, as it says, or else its address. */
export function node(worker) {
  if (worker.node) {
    return worker.node;
  }
  try {
    return new URL(worker.url).hostname;
  } catch {
    return "";
  }
}

const models = (worker) => (worker.models ?? []).map((model) => model.name);

/** What workers can be chosen by, with the values that there are. */
export const CHOICES = {
  state: { label: "State", of: (worker) => [worker.state] },
  model: { label: "Model", of: models },
  node: { label: "Node", of: (worker) => [node(worker)] },
  device: { label: "Device", of: (worker) => [worker.device] },
};

export function values(name, workers) {
  return distinct(workers.flatMap(CHOICES[name].of));
}

/** Whether a worker fits a wish: `text` is in its id, and each choice that is made is its own. */
export function fits(worker, wish) {
  const text = wish.text.trim().toLowerCase();
  return (!text || worker.id.toLowerCase().includes(text))
    && Object.keys(CHOICES).every((name) => !wish[name] || CHOICES[name].of(worker).includes(wish[name]));
}
