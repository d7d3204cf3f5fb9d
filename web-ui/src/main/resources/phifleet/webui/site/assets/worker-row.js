// One worker of the fleet as a row of a table. Made once; after that only what changed is written.

import { h, s } from "./dom.js";
import { node } from "./fleet-choice.js";
import { ABSENT, bytes, millis, number, span } from "./format.js";
import { sparkline } from "./sparkline.js";
import { STATES, workerLink } from "./worker-card.js";

export const COLUMNS = ["Worker", "State", "Node", "Device", "Requests/s", "Last 15 min", "p50", "p99", "Waiting", "In flight", "Memory", "GPU"];

export function workerRow(id) {
  const cell = (name, ...content) => h("td", { class: name }, ...content);
  const parts = {
    state: h("span", { class: "state" }),
    node: cell("small"),
    device: cell("small"),
    rate: cell("numeric"),
    line: cell("line-cell"),
    p50: cell("numeric"),
    p99: cell("numeric"),
    queue: cell("numeric"),
    inFlight: cell("numeric"),
    memory: cell("numeric"),
    gpu: cell("numeric"),
  };
  const state = h("td", {}, h("span", { class: "state-line" }, h("span", { class: "dot", aria: { hidden: "true" } }), parts.state));
  const { node: place, device, rate, line, p50, p99, queue, inFlight, memory, gpu } = parts;
  const element = h("tr", { data: { worker: id } },
    h("th", { scope: "row" }, workerLink(id)), state, place, device, rate, line, p50, p99, queue, inFlight, memory, gpu);
  const text = (part, value) => {
    if (part.textContent !== value) {
      part.textContent = value;
    }
  };

  function update(worker) {
    if (element.dataset.state !== worker.state) {
      element.dataset.state = worker.state;
    }
    const reason = worker.state === "ready" ? "" : ` ${span(worker.state_seconds ?? 0)}`;
    text(parts.state, (STATES[worker.state] ?? worker.state) + reason);
    const why = worker.state_reason ?? "";
    if (state.title !== why) {
      state.title = why;
    }
    text(parts.node, node(worker) || ABSENT);
    text(parts.device, worker.device);
    text(parts.rate, number(worker.requests_per_second, 1));
    text(parts.p50, worker.latency_ms?.count ? millis(worker.latency_ms.p50) : ABSENT);
    text(parts.p99, worker.latency_ms?.count ? millis(worker.latency_ms.p99) : ABSENT);
    text(parts.queue, number(worker.queue?.depth));
    text(parts.inFlight, number(worker.in_flight));
    text(parts.memory, bytes(worker.resident_bytes ?? undefined));
    text(parts.gpu, worker.gpu ? `${number(worker.gpu.utilization_percent)} %` : ABSENT);
  }

  const draw = (values) => parts.line.replaceChildren(sparkline(values, `Requests a second of ${id}, the last 15 minutes`) || s("svg", { class: "sparkline" }));
  return { element, update, draw };
}
