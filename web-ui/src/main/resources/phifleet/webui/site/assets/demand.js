// The size that the fleet wants beside the one that it has, in words and over time; nothing where there is no gateway.

import { getJson } from "./api.js";
import { historyChart } from "./chart.js";
import { h } from "./dom.js";
import { ABSENT, number } from "./format.js";
import { course, last } from "./history.js";
import { fleet } from "./live.js";

/** What is asked changes over seconds. */
const PAUSE_MS = 2_000;

export function demandPanel() {
  const figures = Object.fromEntries(["wanted", "present", "pending", "waiting"].map((name) => [name, h("dd", {}, ABSENT)]));
  const labels = { wanted: "workers wanted", present: "present", pending: "pending", waiting: "requests without a worker" };
  const reason = h("p", { class: "small demand-reason", role: "status" });
  const copies = h("p", { class: "small" });
  const chart = historyChart("Demand, and what the workers there give (dashed)", "gold", (value) => number(value, 1), { beside: "blue" });
  const element = h("section", { class: "demand charts", aria: { label: "Size of the fleet" } },
    h("div", { class: "card summary-card" },
      h("dl", { class: "summary" }, Object.entries(figures).map(([name, value]) => h("div", {}, h("dt", {}, labels[name]), value))),
      reason, copies),
    chart.element);
  let asked = 0;

  async function update() {
    if (fleet.mode !== "live" || Date.now() - asked < PAUSE_MS) {
      element.hidden = fleet.mode === "alone";
      return;
    }
    asked = Date.now();
    try {
      take(await getJson("fleet/demand", { unasked: true, timeout: PAUSE_MS }));
    } catch {
      // The page says already that the gateway does not answer; what was known stays.
    }
  }

  function take(demand) {
    const pending = Math.max(0, demand.wanted_workers - demand.ready_workers);
    const values = {
      wanted: number(demand.wanted_workers),
      present: number(demand.present_workers),
      pending: number(pending),
      waiting: number(demand.waiting),
    };
    Object.entries(figures).forEach(([name, node]) => (node.textContent = values[name]));
    const state = demand.state === "awake" ? "" : `The fleet is ${demand.state}. `;
    reason.textContent = `${state}${demand.reason}.`;
    const many = (demand.copies ?? []).filter((model) => model.wanted > 1 || model.present > 1);
    copies.hidden = many.length === 0;
    copies.textContent = `Copies of models: ${many.map((model) => `${model.model} ${model.present} of ${model.wanted}`).join(", ")}`;
    element.hidden = false;
  }

  /** Draws the chart anew, unless `isWanted` says that another range is wanted meanwhile. */
  async function measure(range, isWanted) {
    const [demand, supply] = await Promise.all([course("demand_device_seconds", range), course("supply_device_seconds", range)]);
    if (!demand || !supply || !isWanted()) {
      return;
    }
    // A step may have begun between the two answers.
    const given = new Map(supply[0].map((time, i) => [time, supply[1][i]]));
    const beside = demand[0].map((time) => given.get(time) ?? null);
    const latest = (values) => number(last(values.slice(-3)), 1);
    chart.update([...demand, beside], `${latest(demand[1])} of ${latest(beside)}`, range.seconds);
  }

  return { element, update, measure };
}
