// One worker of the fleet. Made once; after that only what changed is written.

import { h, show } from "./dom.js";
import { ABSENT, bytes, count, millis, number, span } from "./format.js";
import { meter, setMeter } from "./meter.js";
import { sparkline } from "./sparkline.js";
import { workerActions } from "./worker-actions.js";

/** The words for the states that a gateway or a worker knows. */
export const STATES = {
  ready: "ready",
  joining: "joining",
  starting: "starting",
  cordoned: "cordoned",
  draining: "draining",
  ejected: "passed over",
  gone: "gone",
};

/** To the worker's own page. */
export const workerLink = (id) => h("a", { href: `#fleet/worker/${encodeURIComponent(id)}`, class: "worker-id" }, id);

/** `look` opens the worker's /info. */
export function workerCard(id, look) {
  const parts = {
    state: h("span", { class: "state" }),
    since: h("span", { class: "since" }),
    about: h("span", { class: "about" }),
    models: h("ul", { class: "chips", aria: { label: "Models" } }),
    gpu: h("div", { class: "gpu" }),
    line: h("div", { class: "card-line" }),
  };
  const actions = workerActions(id);
  const figures = {};
  const figure = (name, label) => {
    figures[name] = h("dd", {}, ABSENT);
    return h("div", {}, h("dt", {}, label), figures[name]);
  };
  const element = h("li", { class: "card worker", data: { worker: id } },
    h("div", { class: "row between" },
      h("h3", {}, workerLink(id)),
      h("span", { class: "state-line" }, h("span", { class: "dot", aria: { hidden: "true" } }), parts.state)),
    h("p", { class: "row between small" }, parts.about, parts.since),
    h("dl", { class: "figures" },
      figure("rate", "requests/s"), figure("inFlight", "in flight"), figure("queue", "waiting"),
      figure("p50", "p50"), figure("p99", "p99"), figure("served", "served")),
    parts.line,
    parts.gpu,
    parts.models,
    h("div", { class: "row wrap worker-actions" },
      h("button", { type: "button", class: "quiet", onclick: () => look(id), aria: { label: `Show /info of ${id}` } }, "Show /info")),
    actions.element);
  let models = "";
  let gpu = null;

  function update(worker) {
    if (element.dataset.state !== worker.state) {
      element.dataset.state = worker.state;
    }
    text(parts.state, STATES[worker.state] ?? worker.state);
    text(parts.since, `for ${span(worker.state_seconds ?? 0)}`);
    // In one place, so that nothing moves where a worker has a reason for its state.
    const about = (worker.state !== "ready" && worker.state_reason) || `${worker.device} · ${worker.version}`;
    if (parts.about.title !== about) {
      parts.about.title = about;
      parts.about.textContent = about;
    }
    text(figures.rate, number(worker.requests_per_second, 1));
    text(figures.inFlight, number(worker.in_flight));
    text(figures.queue, number(worker.queue?.depth));
    text(figures.p50, worker.latency_ms?.count ? millis(worker.latency_ms.p50) : ABSENT);
    text(figures.p99, worker.latency_ms?.count ? millis(worker.latency_ms.p99) : ABSENT);
    text(figures.served, worker.served === undefined ? ABSENT : count(worker.served));
    const held = JSON.stringify([worker.models, worker.absent, worker.on_demand]);
    if (held !== models) {
      models = held;
      const onDemand = (worker.on_demand ?? []).filter((model) => model.state !== "ready");
      const others = (worker.absent ?? []).filter((entry) => !onDemand.some((model) => model.name === entry.name));
      show(parts.models, [...worker.models.map(served), ...onDemand.map(dormant), ...others.map(absent)]);
    }
    if (Boolean(worker.gpu) !== Boolean(gpu)) {
      gpu = worker.gpu ? gpuView() : null;
      show(parts.gpu, gpu?.parts);
    }
    gpu?.update(worker.gpu);
    actions.update(worker);
  }

  const draw = (values) => show(parts.line, sparkline(values, `Requests a second of ${id}, the last 15 minutes`));
  return { element, update, draw };
}

const named = (...words) => words.filter(Boolean).join(" · ");

const served = (model) =>
  h("li", { title: named(model.kind, ...(model.aliases ?? []).map((alias) => `also ${alias}`)) }, named(model.name, model.version));

/** One that is loaded when a request names it. */
const dormant = (model) =>
  h("li", { class: "absent", title: named("on demand", model.reason || (model.load_seconds && `takes about ${number(model.load_seconds, 1)} s`)) },
    named(model.name, model.reason ? "cannot be had" : model.state.replace("_", " ")));

const absent = (entry) =>
  h("li", { class: "absent", title: entry.reason }, named(entry.name, entry.version, entry.state.toLowerCase()));

/** Made where a worker has a GPU; its numbers change each second, so that only they are written. */
function gpuView() {
  const name = h("p", { class: "small gpu-name" });
  const lines = { GPU: gpuLine("GPU"), Memory: gpuLine("Memory") };
  return {
    parts: [name, Object.values(lines).map((line) => line.element)],
    update(reading) {
      const used = reading.memory_used_bytes;
      const total = reading.memory_total_bytes;
      text(name, reading.name);
      lines.GPU.update(reading.utilization_percent / 100, `${number(reading.utilization_percent)} %`);
      lines.Memory.update(used / total, `${bytes(used)} of ${bytes(total)}`);
    },
  };
}

function gpuLine(label) {
  const bar = meter(0);
  const says = h("span", { class: "small" });
  return {
    element: h("div", { class: "gpu-meter" }, h("span", { class: "small" }, label), bar, says),
    update(share, value) {
      setMeter(bar, share);
      text(says, value);
    },
  };
}

function text(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}
