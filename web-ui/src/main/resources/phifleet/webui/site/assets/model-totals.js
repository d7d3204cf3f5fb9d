// What each model has to do, over all workers.

import { arrange, h } from "./dom.js";
import { courses, last } from "./history.js";
import { fleet } from "./live.js";
import { modelRow } from "./model-row.js";
import { isOperated } from "./operate-button.js";

const MINUTE = { seconds: 60, step: 60 };
const QUARTER = { seconds: 900, step: 15 };

/** `shared` is called once an operator has given a name shares. */
export function modelTotals(shared) {
  const body = h("tbody");
  const heads = ["Model", "Kind", "Workers", "Requests/s", "Last 15 min", "Errors/s", "p50", "p99", "Waiting"];
  const actions = h("th", { scope: "col", hidden: true }, h("span", { class: "hidden" }, "Action"));
  const element = h("section", { class: "card model-totals", aria: { labelledby: "models-title" } },
    h("h2", { id: "models-title" }, "Models"),
    h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label: "Models of the fleet" } },
      h("table", {}, h("thead", {}, h("tr", {}, heads.map((head, i) => h("th", { scope: "col", class: i === 2 || (i > 2 && i !== 4) ? "numeric" : "" }, head)), actions)), body)));
  const rows = new Map();
  let measured = {};
  let drawn = "";

  function update(workers) {
    const held = new Map();
    for (const worker of workers) {
      for (const model of worker.state === "gone" ? [] : worker.models ?? []) {
        const entry = held.get(model.name) ?? { kind: model.kind, workers: 0 };
        entry.workers += worker.state === "ready" ? 1 : 0;
        held.set(model.name, entry);
      }
    }
    const busy = [...(measured.rates?.keys() ?? [])].filter((name) => !held.has(name) && last(measured.rates.get(name).slice(-4)) > 0);
    const names = [...[...held.keys()].sort(), ...busy.sort()];
    const key = JSON.stringify([names.map((name) => [name, held.get(name)]), measured.at, isOperated(), fleet.gateway?.weights]);
    actions.hidden = !isOperated();
    if (key !== drawn) {
      drawn = key;
      arrange(body, rows, names, (name) => modelRow(name, shared));
      rows.forEach((row, name) => row.update(held.get(name), measured));
    }
  }

  /** Asks the gateway anew. */
  async function measure() {
    const by = { by: "model" };
    const [rates, errors, p50, p99, queue] = await Promise.all([
      courses("requests_per_second", QUARTER, by),
      courses("errors_per_second", MINUTE, by),
      courses("p50_ms", MINUTE, by),
      courses("p99_ms", MINUTE, by),
      courses("queue_depth", MINUTE, by),
    ]);
    const named = (found) => new Map((found?.series ?? []).map(({ name, values }) => [name, values]));
    if (rates) {
      measured = { at: Date.now(), rates: named(rates), errors: named(errors), p50: named(p50), p99: named(p99), queue: named(queue) };
    }
  }

  return { element, update, measure };
}
