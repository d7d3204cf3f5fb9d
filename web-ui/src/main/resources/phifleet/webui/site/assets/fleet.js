// The page of the fleet: who is there, how they are, and what happened.

import { historyChart } from "./chart.js";
import { demandPanel } from "./demand.js";
import { h, show } from "./dom.js";
import { ABSENT, clock, count, millis, number, span } from "./format.js";
import { showInfo } from "./info-dialog.js";
import { fleet, watch } from "./live.js";
import { operateButton } from "./operate-button.js";
import { workerCard } from "./worker-card.js";

export function open(element) {
  const cards = new Map();
  const banner = h("div", { class: "banner", role: "status" });
  const figures = Object.fromEntries(["ready", "rate", "inFlight", "served", "failed"].map((name) => [name, h("dd", {}, ABSENT)]));
  const labels = { ready: "workers ready", rate: "requests/s", inFlight: "in flight", served: "served", failed: "failed" };
  const rate = historyChart("Requests a second", "gold", (value) => number(value, value < 10 ? 1 : 0));
  const p99 = historyChart("p99 of the slowest worker", "blue", (value) => millis(value));
  const workers = h("ul", { class: "workers", aria: { label: "Workers" } });
  const log = h("ol", { class: "log", tabIndex: 0, aria: { label: "What happened, newest first" } });
  const size = demandPanel();
  const who = h("p", { class: "small" });
  const operate = operateButton(update);
  let logged = -1;

  show(element,
    h("div", { class: "page-head" }, h("div", {}, h("h1", {}, "The fleet"), who), h("div", { class: "row wrap" }, operate.element, banner)),
    h("dl", { class: "summary card" }, Object.entries(figures).map(([name, value]) => h("div", {}, h("dt", {}, labels[name]), value))),
    h("div", { class: "charts" }, rate.element, p99.element),
    size.element,
    h("div", { class: "fleet-columns" },
      h("section", { aria: { labelledby: "workers-title" } }, h("h2", { id: "workers-title" }, "Workers"), workers),
      h("section", { class: "card log-card", aria: { labelledby: "log-title" } }, h("h2", { id: "log-title" }, "What happened"), log)));

  function update() {
    const known = fleet.mode === "live" || fleet.mode === "alone";
    element.classList.toggle("is-stale", !known);
    status();
    summary();
    listWorkers();
    listLog();
    size.update();
    const times = fleet.history.map((point) => point.at);
    const last = fleet.history.at(-1);
    rate.update([times, fleet.history.map((point) => point.rate)], known ? number(last?.rate, 1) : ABSENT);
    p99.update([times, fleet.history.map((point) => point.p99)], known ? millis(last?.p99) : ABSENT);
  }

  function status() {
    const seconds = (Date.now() - fleet.since.getTime()) / 1000;
    const texts = {
      connecting: "Connecting …",
      live: "Live",
      short: `${ready()} of ${expected()} workers ready`,
      alone: "No gateway: workers asked one by one",
      broken: `No connection since ${clock(fleet.since)} (${span(seconds)}). ${fleet.problem} What is shown is from then; trying again.`,
    };
    const mode = fleet.mode === "live" && ready() < expected() ? "short" : fleet.mode;
    banner.dataset.mode = mode;
    if (banner.textContent !== texts[mode]) {
      banner.textContent = texts[mode];
    }
    operate.update();
    who.textContent = fleet.gateway
      ? `Seen by gateway ${fleet.gateway.id}, version ${fleet.gateway.version}, up since ${new Date(fleet.gateway.started_at).toLocaleString("en-GB")}.`
      : "Seen from what each worker says of itself.";
  }

  function ready() {
    return fleet.gateway ? fleet.gateway.workers.ready : [...fleet.workers.values()].filter((worker) => worker.state === "ready").length;
  }

  /** As many as there are, or should be. */
  function expected() {
    const there = [...fleet.workers.values()].filter((worker) => worker.state !== "gone").length;
    return Math.max(there, fleet.gateway?.expected_workers ?? 0);
  }

  function summary() {
    const all = [...fleet.workers.values()];
    const sum = (field) => all.reduce((total, worker) => total + (worker[field] ?? 0), 0);
    const gateway = fleet.gateway;
    const values = {
      ready: `${ready()} of ${expected()}`,
      rate: number(sum("requests_per_second"), 1),
      inFlight: number(gateway ? gateway.in_flight : sum("in_flight")),
      served: count(gateway ? gateway.served : sum("served")),
      failed: gateway ? count(gateway.failed) : ABSENT,
    };
    for (const [name, node] of Object.entries(figures)) {
      if (node.textContent !== values[name]) {
        node.textContent = values[name];
      }
    }
    figures.failed.parentElement.dataset.alarm = String(gateway?.failed > 0);
  }

  function listWorkers() {
    const all = [...fleet.workers.values()].sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
    for (const [id, card] of cards) {
      if (!fleet.workers.has(id)) {
        card.element.remove();
        cards.delete(id);
      }
    }
    all.forEach((worker, index) => {
      if (!cards.has(worker.id)) {
        cards.set(worker.id, workerCard(worker.id, showInfo));
      }
      const card = cards.get(worker.id);
      if (workers.children[index] !== card.element) {
        workers.insertBefore(card.element, workers.children[index] ?? null);
      }
      card.update(worker);
    });
    workers.dataset.empty = String(all.length === 0);
  }

  function listLog() {
    const newest = fleet.log[0]?.at.getTime() ?? 0;
    if (logged === newest + fleet.log.length) {
      return;
    }
    logged = newest + fleet.log.length;
    show(log, fleet.log.map((entry) =>
      h("li", { data: { state: entry.kind } },
        h("time", { dateTime: entry.at.toISOString() }, clock(entry.at)),
        h("span", { class: "dot", aria: { hidden: "true" } }),
        h("span", {}, entry.text))));
  }

  watch(() => element.isConnected && update());
  update();
  return { arrive: update };
}
