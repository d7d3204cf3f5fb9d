// The size that the fleet wants beside the one that it has, in words and over time; nothing where there is no gateway.

import { getJson } from "./api.js";
import { historyChart } from "./chart.js";
import { h } from "./dom.js";
import { ABSENT, number } from "./format.js";
import { fleet, HISTORY_SECONDS } from "./live.js";

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
  let history = [];
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
    const at = Date.now() / 1000;
    const terms = demand.terms;
    history = history.filter((point) => point.at > at - HISTORY_SECONDS);
    history.push({ at, asked: terms.demand_device_seconds, given: demand.ready_workers * terms.capacity_device_seconds });
    element.hidden = false;
    chart.update(
      [history.map((point) => point.at), history.map((point) => point.asked), history.map((point) => point.given)],
      `${number(terms.demand_device_seconds, 1)} of ${number(demand.ready_workers * terms.capacity_device_seconds, 1)}`);
  }

  return { element, update };
}
