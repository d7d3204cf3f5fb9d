// One worker's own page: what it does and did, what it holds, and what it last said.

import { askWorker } from "./ask-worker.js";
import { OF_REQUESTS, WAITING, courseCharts, short, staleNotice } from "./course-charts.js";
import { h, show } from "./dom.js";
import { node } from "./fleet-choice.js";
import { ABSENT, bytes, count, millis, number, span } from "./format.js";
import { RANGES, repeat } from "./history.js";
import { showInfo } from "./info-dialog.js";
import { fleet } from "./live.js";
import { logLines } from "./log-lines.js";
import { rangeBar } from "./range-bar.js";
import { workerActions } from "./worker-actions.js";
import { STATES } from "./worker-card.js";

const celsius = (value) => (typeof value === "number" ? `${number(value)} °C` : ABSENT);
const watts = (value) => (typeof value === "number" ? `${number(value)} W` : ABSENT);
const inPercent = (value) => (typeof value === "number" ? `${number(value)} %` : ABSENT);

const CHARTS = [
  ...OF_REQUESTS,
  WAITING,
  { metric: "in_flight", title: "In flight", tone: "gold", format: short },
  { metric: "resident_bytes", title: "Memory of its process", tone: "good", format: bytes },
  { metric: "gpu_utilization_percent", title: "GPU in use", tone: "gold", format: inPercent, ofGpu: true },
  { metric: "gpu_memory_used_bytes", title: "GPU memory", tone: "good", format: bytes, ofGpu: true },
  { metric: "gpu_temperature_celsius", title: "GPU temperature", tone: "bad", format: celsius, ofGpu: true },
  { metric: "gpu_power_watts", title: "GPU power", tone: "blue", format: watts, ofGpu: true },
];

const POLL_MS = 5_000;

export function workerPage(id) {
  const state = h("span", { class: "state" });
  const line = h("span", { class: "state-line" }, h("span", { class: "dot", aria: { hidden: "true" } }), state);
  const about = h("p", { class: "small" });
  const facts = h("dl", { class: "summary card" });
  // One model at least has its place before it is known, so that nothing moves once it is.
  const rows = h("tbody", {}, h("tr", {}, h("td", {}, ABSENT)));
  const none = staleNotice();
  const range = rangeBar(() => measure());
  const charts = courseCharts(CHARTS, { worker: id });
  const log = logLines(id);
  const heads = ["Model", "Kind", "Device", "Precision", "Golden check", "Waiting", "Running"];
  const actions = workerActions(id);
  let mode = "";

  const element = h("div", { class: "worker-page", data: { worker: id } },
    h("p", { class: "small" }, h("a", { href: "#fleet" }, "← The fleet")),
    h("div", { class: "page-head" },
      h("div", {}, h("h1", { class: "worker-title" }, id), about),
      h("div", { class: "row wrap worker-actions" }, line,
        h("button", { type: "button", onclick: () => showInfo(id) }, "Show /info"), actions.element)),
    facts,
    h("div", { class: "row between wrap section-head" }, h("h2", {}, "What it did"), range.element),
    none.element,
    charts.element,
    h("section", { class: "card", aria: { labelledby: "held-title" } }, h("h2", { id: "held-title" }, "Its models"),
      h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label: `Models of ${id}` } },
        h("table", { class: "held" }, h("thead", {}, h("tr", {}, heads.map((head, i) => h("th", { scope: "col", class: i > 4 ? "numeric" : "" }, head)))), rows))),
    log.element);

  const measure = repeat(element, POLL_MS, async () => {
    const asked = range.chosen;
    await charts.measure(RANGES[asked], () => asked === range.chosen);
  });
  const ask = repeat(element, 2 * POLL_MS, async () => {
    try {
      models(await (await askWorker(id, "info", { unasked: true, timeout: 5_000 })).json());
    } catch {
      // Its state says how it is; what was read of it last stands.
    }
  }, false);

  function update() {
    const worker = fleet.workers.get(id);
    element.dataset.state = worker?.state ?? "gone";
    const word = worker ? STATES[worker.state] ?? worker.state : "not known";
    state.textContent = worker ? `${word} for ${span(worker.state_seconds ?? 0)}` : word;
    about.textContent = worker
      ? [worker.state_reason, node(worker), worker.device, `version ${worker.version}`].filter(Boolean).join(" · ")
      : fleet.mode === "connecting" ? "Connecting …" : "No worker of this name is in the fleet now.";
    none.update();
    range.element.hidden = fleet.mode === "alone";
    charts.see(({ ofGpu }) => fleet.mode !== "alone" && !(ofGpu && !worker?.gpu));
    if (worker || fleet.mode === "connecting") {
      show(facts, Object.entries(figures(worker ?? {})).map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))));
    }
    facts.hidden = !worker && fleet.mode !== "connecting";
    actions.update(worker);
    if (fleet.mode !== mode) {
      mode = fleet.mode;
      measure();
      ask();
    }
  }

  const figures = (worker) => ({
    "requests/s": number(worker.requests_per_second, 1),
    "in flight": number(worker.in_flight),
    waiting: number(worker.queue?.depth),
    p50: worker.latency_ms?.count ? millis(worker.latency_ms.p50) : ABSENT,
    p99: worker.latency_ms?.count ? millis(worker.latency_ms.p99) : ABSENT,
    served: worker.served === undefined ? ABSENT : count(worker.served),
    failed: worker.failed === undefined ? ABSENT : count(worker.failed),
    memory: bytes(worker.resident_bytes ?? undefined),
  });

  function models(info) {
    const lanes = new Map((info.queue?.models ?? []).map((lane) => [lane.name, lane]));
    show(rows,
      info.models.map((model) => h("tr", {},
        h("th", { scope: "row" }, model.name, h("span", { class: "small" }, ` · ${model.version}`)),
        h("td", {}, model.kind), h("td", {}, model.device), h("td", {}, model.precision),
        golden(model.golden),
        h("td", { class: "numeric" }, number(lanes.get(model.name)?.depth)),
        h("td", { class: "numeric" }, number(lanes.get(model.name)?.in_flight)))),
      (info.absent ?? []).map((entry) => h("tr", {},
        h("th", { scope: "row" }, entry.name, entry.version && h("span", { class: "small" }, ` · ${entry.version}`)),
        h("td", { colSpan: 6 }, `${entry.state.toLowerCase()}: ${entry.reason}`))));
  }

  return {
    element,
    update,
    arrive() {
      mode = "";
      update();
      log.read();
    },
  };
}

function golden(check) {
  if (!check) {
    return h("td", { class: "small" }, "none");
  }
  const well = check.cosine >= check.least;
  const when = new Date(check.checked_at).toLocaleString("en-GB");
  return h("td", { data: { alarm: String(!well) }, title: `Checked ${when}; must not fall below ${check.least}` },
    `${well ? "holds" : "fails"}, ${check.cosine.toFixed(5)}`);
}
