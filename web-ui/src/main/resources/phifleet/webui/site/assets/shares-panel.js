// Names that stand for shares of several versions or models, with what each of these did, side by side: for operators.

import { asOperator } from "./admin-key.js";
import { arrange, h, show } from "./dom.js";
import { ABSENT, count, millis, number, percent } from "./format.js";
import { repeat } from "./history.js";
import { fleet } from "./live.js";
import { meter } from "./meter.js";
import { isOperated } from "./operate-button.js";
import { sharesDialog, weightsPath } from "./shares-dialog.js";

const POLL_MS = 3_000;

/** Each is a request. */
const MOST = 32;

export function sharesPanel() {
  const list = h("div", { class: "stack" });
  const more = h("p", { class: "small" });
  const element = h("section", { class: "card shares", aria: { labelledby: "shares-title" }, hidden: true },
    h("h2", { id: "shares-title" }, "Shares"), list, more);
  const drawn = new Map();
  let known = "";

  const measure = repeat(element, POLL_MS, async () => {
    const names = isAllowed() ? fleet.gateway.weights ?? [] : [];
    const found = (await Promise.all(names.slice(0, MOST).map(read))).filter(Boolean);
    more.textContent = names.length > MOST ? `The first ${MOST} of ${names.length} are shown; the API has all.` : "";
    arrange(list, drawn, found.map(({ model }) => model), (name) => splitView(name, measure));
    found.forEach((split) => drawn.get(split.model).update(split));
    element.hidden = found.length === 0 || !isAllowed();
  });

  return {
    element,
    measure,
    update() {
      element.hidden ||= !isOperated();
      const now = isAllowed() ? (fleet.gateway.weights ?? []).join("\n") : "";
      if (now !== known) {
        known = now;
        measure();
      }
    },
  };
}

const isAllowed = () => fleet.mode === "live" && isOperated();

/** Null where the shares have just ended, or nobody answers. */
async function read(name) {
  try {
    return await (await asOperator(weightsPath(name), { timeout: POLL_MS })).json();
  } catch {
    return null;
  }
}

function splitView(name, changed) {
  const first = h("th", { scope: "col" });
  const body = h("tbody");
  let split = null;
  let drawn = "";
  const heads = ["Share", "Workers", "Requests", "Errors", "Failed", "p50", "p99"];
  const element = h("section", { data: { split: name } },
    h("div", { class: "row between wrap" },
      h("h3", {}, name),
      h("button", { type: "button", class: "quiet", aria: { label: `Change the shares of ${name}` }, onclick: () => sharesDialog(name, { split, changed }) }, "Change")),
    h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label: `Shares of ${name}` } },
      h("table", {}, h("thead", {}, h("tr", {}, first, heads.map((head, i) => h("th", { scope: "col", class: i > 0 ? "numeric" : "" }, head)))), body)));

  function update(next) {
    // What is the same stays as it is, for whoever reads or marks it.
    const now = JSON.stringify(next);
    if (now === drawn) {
      return;
    }
    drawn = now;
    split = next;
    first.textContent = next.versions ? "Version" : "Model";
    show(body, (next.versions ?? next.models).map((one) => {
      const failed = one.requests > 0 ? one.errors / one.requests : undefined;
      const latency = (quantile) => (one.latency_ms.count > 0 ? millis(one.latency_ms[quantile]) : ABSENT);
      return h("tr", {},
        h("th", { scope: "row" }, one.version ?? one.model),
        h("td", { class: "part-cell" }, h("div", { class: "row" }, meter(one.share), h("span", { class: "numeric" }, percent(one.share, 1)))),
        h("td", { class: "numeric" }, number(one.workers ?? holders(one.model))),
        h("td", { class: "numeric" }, count(one.requests)),
        h("td", { class: "numeric", data: { alarm: String(one.errors > 0) } }, count(one.errors)),
        h("td", { class: "numeric", data: { alarm: String(failed > 0) } }, failed === undefined ? ABSENT : percent(failed, 2)),
        h("td", { class: "numeric" }, latency("p50")),
        h("td", { class: "numeric" }, latency("p99")));
    }));
  }

  return { element, update };
}

const holders = (model) => [...fleet.workers.values()].filter((worker) => worker.state === "ready" && worker.models.some(({ name }) => name === model)).length;
