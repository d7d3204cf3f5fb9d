// The page of the fleet: who is there, how they are, and what happened.

import { historyChart } from "./chart.js";
import { demandPanel } from "./demand.js";
import { arrange, h, show } from "./dom.js";
import { elsewhere } from "./elsewhere.js";
import { fleetBar } from "./fleet-bar.js";
import { ORDERS, fits } from "./fleet-choice.js";
import { ABSENT, clock, count, millis, number, span } from "./format.js";
import { RANGES, course, courses, last, repeat } from "./history.js";
import { showInfo } from "./info-dialog.js";
import { fleet, present } from "./live.js";
import { modelTotals } from "./model-totals.js";
import { isOperated, operateButton } from "./operate-button.js";
import { rangeBar } from "./range-bar.js";
import { sharesPanel } from "./shares-panel.js";
import { usagePanel } from "./usage-panel.js";
import { workerCard } from "./worker-card.js";
import { COLUMNS, workerRow } from "./worker-row.js";

const CHARTS_MS = 5_000;
const LINES_MS = 15_000;
const LINES = { seconds: 900, step: 15 };

/** An order by numbers is made anew this often: what moves by the second cannot be read. */
const ORDER_MS = 5_000;

export function fleetOverview() {
  const banner = h("div", { class: "banner", role: "status" });
  const figures = Object.fromEntries(["ready", "rate", "inFlight", "served", "failed"].map((name) => [name, h("dd", {}, ABSENT)]));
  const labels = { ready: "workers ready", rate: "requests/s", inFlight: "in flight", served: "served", failed: "failed" };
  const rate = historyChart("Requests a second", "gold", (value) => number(value, value < 10 ? 1 : 0));
  const p99 = historyChart("p99", "blue", (value) => millis(value));
  const range = rangeBar(() => measure());
  const shares = sharesPanel();
  const usage = usagePanel();
  const totals = modelTotals(shares.measure);
  const size = demandPanel();
  const operate = operateButton(() => update());
  const links = elsewhere();
  const bar = fleetBar(() => listWorkers(true));
  const cards = h("ul", { class: "workers", aria: { label: "Workers" } });
  const rows = h("tbody");
  const table = h("div", { class: "table-frame card worker-table", tabIndex: 0, role: "region", aria: { label: "Workers" }, hidden: true },
    h("table", {}, h("thead", {}, h("tr", {}, COLUMNS.map((name, i) => h("th", { scope: "col", class: i > 3 && i !== 5 ? "numeric" : "" }, name)))), rows));
  const log = h("ol", { class: "log", tabIndex: 0, aria: { label: "What happened, newest first" } });
  const who = h("p", { class: "small" });
  const views = {
    Cards: { frame: cards, list: cards, make: (id) => workerCard(id, showInfo), drawn: new Map() },
    Table: { frame: table, list: rows, make: workerRow, drawn: new Map() },
  };
  let lines = new Map();
  let logged = null;
  let mode = "";
  let operated = isOperated();
  let ordered = { at: 0, ids: [] };

  const element = h("div", {},
    h("div", { class: "page-head" }, h("div", {}, h("h1", {}, "The fleet"), who), h("div", { class: "row wrap" }, links.element, operate.element, banner)),
    h("dl", { class: "summary card" }, Object.entries(figures).map(([name, value]) => h("div", {}, h("dt", {}, labels[name]), value))),
    h("div", { class: "row end range-row" }, range.element),
    h("div", { class: "charts" }, rate.element, p99.element),
    size.element,
    totals.element,
    shares.element,
    usage.element,
    h("div", { class: "fleet-columns" },
      h("section", { aria: { labelledby: "workers-title" } }, h("h2", { id: "workers-title" }, "Workers"), bar.element, cards, table),
      h("section", { class: "card log-card", aria: { labelledby: "log-title" } }, h("h2", { id: "log-title" }, "What happened"), log)));

  const measure = repeat(element, CHARTS_MS, async () => {
    const asked = range.chosen;
    const [rates, latencies] = await Promise.all([
      course("requests_per_second", RANGES[asked]),
      course("p99_ms", RANGES[asked]),
      totals.measure(),
      size.measure(RANGES[asked], () => asked === range.chosen),
    ]);
    if (rates && latencies && asked === range.chosen) {
      rate.update(rates, number(last(rates[1].slice(-3)), 1), RANGES[asked].seconds);
      p99.update(latencies, millis(last(latencies[1].slice(-3))), RANGES[asked].seconds);
    }
    totals.update([...fleet.workers.values()]);
  });
  const measureLines = repeat(element, LINES_MS, async () => {
    const found = await courses("requests_per_second", LINES, { by: "worker" });
    if (found) {
      lines = new Map(found.series.map(({ name, values }) => [name, values]));
      Object.values(views).forEach(({ drawn }) => drawn.forEach((one, id) => one.draw(lines.get(id))));
    }
  });

  function update() {
    const known = fleet.mode === "live" || fleet.mode === "alone";
    element.classList.toggle("is-stale", !known);
    status();
    summary();
    if (isOperated() !== operated) {
      operated = isOperated();
      redraw();
    }
    listWorkers(false);
    listLog();
    size.update();
    totals.update([...fleet.workers.values()]);
    shares.update();
    usage.update();
    range.element.parentElement.hidden = fleet.mode === "alone";
    if (fleet.mode === "alone") {
      drawOwn();
    }
    if (fleet.mode !== mode) {
      mode = fleet.mode;
      measure();
      measureLines();
      shares.measure();
      usage.measure();
    }
  }

  /** Who operates the fleet sees more of each worker. */
  function redraw() {
    Object.values(views).forEach(({ drawn }) => drawn.forEach((one) => (one.of = null)));
  }

  /** Where nobody remembers, what this page saw. */
  function drawOwn() {
    const times = fleet.history.map((point) => point.at);
    const now = fleet.history.at(-1);
    rate.update([times, fleet.history.map((point) => point.rate)], number(now?.rate, 1));
    p99.update([times, fleet.history.map((point) => point.p99)], millis(now?.p99));
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
    operate.update();
    links.update();
    text(banner, texts[mode]);
    text(who, fleet.gateway
      ? `Seen by gateway ${fleet.gateway.id}, version ${fleet.gateway.version}, up since ${new Date(fleet.gateway.started_at).toLocaleString("en-GB")}.`
      : "Seen from what each worker says of itself.");
  }

  function ready() {
    return fleet.gateway ? fleet.gateway.workers.ready : [...fleet.workers.values()].filter((worker) => worker.state === "ready").length;
  }

  /** As many as there are, or should be. */
  function expected() {
    return Math.max(present().length, fleet.gateway?.expected_workers ?? 0);
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
    Object.entries(figures).forEach(([name, node]) => text(node, values[name]));
    figures.failed.parentElement.dataset.alarm = String(gateway?.failed > 0);
  }

  function listWorkers(anew) {
    const all = [...fleet.workers.values()];
    const shown = inOrder(all.filter((worker) => fits(worker, bar.wish)), anew);
    const name = bar.view(all.length);
    bar.update(all, shown.length);
    for (const [other, { frame }] of Object.entries(views)) {
      frame.hidden = other !== name;
    }
    place(views[name], shown);
    cards.dataset.empty = String(shown.length === 0);
    cards.dataset.why = all.length > 0 ? "None of them is like that." : "No worker is known yet. They appear here as they join.";
  }

  function inOrder(workers, anew) {
    const { compare, moving } = ORDERS[bar.wish.order];
    const stands = moving && !anew && Date.now() - ordered.at < ORDER_MS && workers.length === ordered.ids.length;
    const byId = new Map(workers.map((worker) => [worker.id, worker]));
    if (stands && ordered.ids.every((id) => byId.has(id))) {
      return ordered.ids.map((id) => byId.get(id));
    }
    const sorted = workers.sort(compare);
    ordered = { at: Date.now(), ids: sorted.map((worker) => worker.id) };
    return sorted;
  }

  /** Of what is drawn only what is another worker than the last time is touched. */
  function place({ list, make, drawn }, workers) {
    arrange(list, drawn, workers.map((worker) => worker.id), (id) => {
      const one = make(id);
      one.draw(lines.get(id));
      return one;
    });
    workers.forEach((worker) => {
      const one = drawn.get(worker.id);
      if (one.of !== worker) {
        one.of = worker;
        one.update(worker);
      }
    });
  }

  function listLog() {
    const key = `${fleet.log.length} ${fleet.log[0]?.at.getTime()} ${fleet.log.at(-1)?.at.getTime()}`;
    if (logged === key) {
      return;
    }
    logged = key;
    show(log, fleet.log.map((entry) =>
      h("li", { data: { state: entry.kind } },
        h("time", { dateTime: entry.at.toISOString() }, clock(entry.at)),
        h("span", { class: "dot", aria: { hidden: "true" } }),
        h("span", {}, entry.text))));
  }

  return {
    element,
    update,
    arrive() {
      mode = "";
      update();
    },
  };
}

function text(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}
