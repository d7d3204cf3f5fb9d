// Workers without a gateway: each answer to /info is one worker's, and all that answered lately are the fleet. What the gateway
// would have counted is taken from the worker's own meters.

import { call, service } from "./api.js";

const PERIOD_MS = 1_500;

/** A gateway may come (back) at any time. */
const ASK_FOR_GATEWAY_EVERY = 4;
const FORGOTTEN_AFTER_MS = 7_000;

/** Requests that this page and its like make; they are no work. */
const OWN_ROUTES = /route="(?:\/|\/info|\/metrics|\/logs|\/health[^"]*|\/docs|\/assets[^"]*|\/openapi\.yaml|other)"/;

/** Yields the workers that answer, as the gateway's feed would show them; ends where a gateway appears. */
export async function* alone() {
  const seen = new Map();
  const meters = new Map();
  for (let round = 1; ; round++) {
    await look(seen, meters);
    const now = Date.now();
    for (const [id, { at }] of seen) {
      if (now - at > FORGOTTEN_AFTER_MS) {
        seen.delete(id);
      }
    }
    yield [...seen.values()].map(({ worker }) => worker).sort((a, b) => a.id.localeCompare(b.id));
    if (round % ASK_FOR_GATEWAY_EVERY === 0 && (await service()) === "phi-gateway") {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
  }
}

async function look(seen, meters) {
  const limit = { timeout: 5_000, unasked: true };
  const [info, text] = await Promise.all([
    call("info", limit).then((response) => response.json()),
    call("metrics", limit).then(async (response) => ({ id: response.headers.get("X-Worker-Id"), text: await response.text() })),
  ]);
  if (text.id) {
    meters.set(text.id, [...(meters.get(text.id) ?? []), measured(text.text)].slice(-8));
  }
  seen.set(info.worker_id, { at: Date.now(), worker: shown(info, meters.get(info.worker_id) ?? []) });
}

function shown(info, readings) {
  const last = readings.at(-1);
  const first = readings.at(0);
  const seconds = last && first !== last ? (last.at - first.at) / 1000 : 0;
  return {
    id: info.worker_id,
    version: info.version,
    node: info.node ?? null,
    index: info.index === true,
    device: info.device,
    models: info.models.map(({ name, aliases, kind, version, gives }) => ({ name, aliases, kind, version, gives })),
    absent: info.absent ?? null,
    on_demand: info.on_demand?.slice(0, 24) ?? null,
    state: info.status,
    state_reason: "",
    state_seconds: (Date.now() - Date.parse(info.started_at)) / 1000,
    in_flight: info.queue?.in_flight,
    served: last?.served,
    failed: undefined,
    requests_per_second: seconds > 0 ? Math.max(0, (last.served - first.served) / seconds) : 0,
    latency_ms: last ? quantiles(last.buckets) : undefined,
    gpu: info.gpu ?? null,
    resident_bytes: info.resident_bytes ?? null,
    queue: info.queue ?? null,
  };
}

/** Of Prometheus' text only what is shown: requests, and the histogram of their latencies over all routes. */
function measured(text) {
  let served = 0;
  const buckets = new Map();
  for (const line of text.split("\n")) {
    if (line.startsWith("requests_received_total{") && !OWN_ROUTES.test(line)) {
      served += Number(line.slice(line.lastIndexOf(" ") + 1));
    } else if (line.startsWith("request_latency_seconds_bucket{") && !OWN_ROUTES.test(line)) {
      const bound = Number(/le="([^"]+)"/.exec(line)?.[1].replace("+Inf", "Infinity"));
      buckets.set(bound, (buckets.get(bound) ?? 0) + Number(line.slice(line.lastIndexOf(" ") + 1)));
    }
  }
  return { at: Date.now(), served, buckets: [...buckets].sort(([a], [b]) => a - b) };
}

/** The upper bounds of the buckets in which the quantiles lie, in ms. */
function quantiles(buckets) {
  const count = buckets.at(-1)?.[1] ?? 0;
  const at = (share) => {
    const bound = buckets.find(([, below]) => below >= share * count)?.[0];
    return Number.isFinite(bound) ? bound * 1000 : undefined;
  };
  return { p50: count ? at(0.5) : undefined, p99: count ? at(0.99) : undefined, count };
}
