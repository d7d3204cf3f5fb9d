// What each model has to do, over all workers.

import { adminKey } from "./admin-key.js";
import { h, show } from "./dom.js";
import { ABSENT, millis, number } from "./format.js";
import { courses, last } from "./history.js";
import { fleet } from "./live.js";
import { sharesDialog } from "./shares-dialog.js";
import { sparkline } from "./sparkline.js";

const MINUTE = { seconds: 60, step: 60 };
const QUARTER = { seconds: 900, step: 15 };

/** What stands for a model where a request names none. */
const PLACEHOLDERS = { "(none)": "without a model", "(unknown)": "models that nobody holds", "(others)": "all others" };

/** `shared` is called once an operator has given a name shares. */
export function modelTotals(shared) {
  const body = h("tbody");
  const heads = ["Model", "Kind", "Workers", "Requests/s", "Last 15 min", "Errors/s", "p50", "p99", "Waiting"];
  const actions = h("th", { scope: "col", hidden: true }, h("span", { class: "hidden" }, "Action"));
  const element = h("section", { class: "card model-totals", aria: { labelledby: "models-title" } },
    h("h2", { id: "models-title" }, "Models"),
    h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label: "Models of the fleet" } },
      h("table", {}, h("thead", {}, h("tr", {}, heads.map((head, i) => h("th", { scope: "col", class: i === 2 || (i > 2 && i !== 4) ? "numeric" : "" }, head)), actions)), body)));
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
    const rows = [...[...held.keys()].sort(), ...busy.sort()];
    const key = JSON.stringify([rows.map((name) => [name, held.get(name)]), measured.at, isOperated(), fleet.gateway?.weights]);
    actions.hidden = !isOperated();
    if (key !== drawn) {
      drawn = key;
      const focused = body.contains(document.activeElement) ? document.activeElement.dataset.of : undefined;
      show(body, rows.map((name) => row(name, held.get(name))));
      body.querySelectorAll("button").forEach((button) => button.dataset.of === focused && button.focus());
    }
  }

  function row(name, held) {
    const rates = measured.rates?.get(name);
    const of = (metric) => last(measured[metric]?.get(name));
    return h("tr", {},
      h("th", { scope: "row" }, PLACEHOLDERS[name] ?? h("a", { href: `#fleet/model/${encodeURIComponent(name)}`, class: "model-link" }, name)),
      h("td", { class: "small" }, held?.kind ?? ABSENT),
      h("td", { class: "numeric" }, held ? number(held.workers) : ABSENT),
      h("td", { class: "numeric" }, number(last(rates?.slice(-2)), 1)),
      h("td", { class: "line-cell" }, sparkline(rates, `Requests a second of ${name}, the last 15 minutes`)),
      h("td", { class: "numeric", data: { alarm: String(of("errors") > 0) } }, number(of("errors"), 1)),
      h("td", { class: "numeric" }, millis(of("p50"))),
      h("td", { class: "numeric" }, millis(of("p99"))),
      h("td", { class: "numeric" }, number(of("queue"))),
      isOperated() && h("td", {}, held && !isShared(name) && h("button", {
        type: "button", class: "quiet", data: { of: name }, aria: { label: `Give ${name} shares` }, onclick: () => sharesDialog(name, { changed: shared }),
      }, "Shares")));
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

const isOperated = () => Boolean(fleet.gateway?.operable) && adminKey() !== null;

/** What has shares is changed where these are shown. */
const isShared = (name) => (fleet.gateway?.weights ?? []).includes(name);
