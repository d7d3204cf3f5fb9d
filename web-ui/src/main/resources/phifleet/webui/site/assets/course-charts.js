// What one subject did over time, as the gateway remembers it: small charts side by side.

import { historyChart } from "./chart.js";
import { h } from "./dom.js";
import { bytes, millis, number } from "./format.js";
import { course, last } from "./history.js";
import { fleet } from "./live.js";

export const short = (value) => number(value, value < 10 ? 1 : 0);

/** What is measured of requests, whatever they went to. */
export const OF_REQUESTS = [
  { metric: "requests_per_second", title: "Requests a second", tone: "gold", format: short },
  { metric: "errors_per_second", title: "Failed a second", tone: "bad", format: short },
  { metric: "p50_ms", title: "p50", tone: "blue", format: millis },
  { metric: "p99_ms", title: "p99", tone: "blue", format: millis },
];

/** What is asked of devices, in seconds of one a second. */
export const DEMAND = { metric: "demand_device_seconds", title: "Device-seconds asked a second", tone: "gold", format: (value) => number(value, 2) };

export const WAITING = { metric: "queue_depth", title: "Waiting", tone: "gold", format: short };

/** A chart for each of `kinds`; `of` is the subject, as { worker: id } or { model: name }. */
export function courseCharts(kinds, of) {
  const charts = kinds.map((kind) => ({ ...kind, drawn: historyChart(kind.title, kind.tone, kind.format, { isBytes: kind.format === bytes }) }));
  return {
    element: h("div", { class: "charts small-charts" }, charts.map(({ drawn }) => drawn.element)),
    /** Has those be seen whose kind is to be. */
    see: (isSeen) => charts.forEach((chart) => (chart.drawn.element.hidden = !isSeen(chart))),
    /** Draws anew those that are seen, unless `isWanted` says that another range is wanted meanwhile. */
    measure: (range, isWanted) => Promise.all(charts.filter(({ drawn }) => !drawn.element.hidden).map(async ({ metric, format, drawn }) => {
      const found = await course(metric, range, of);
      if (found && isWanted()) {
        drawn.update(found, format(last(found[1].slice(-3))), range.seconds);
      }
    })),
  };
}

/** Says why nothing comes to such charts, where that is so. */
export function staleNotice() {
  const element = h("p", { class: "notice" });
  return {
    element,
    update() {
      element.hidden = fleet.mode === "live" || fleet.mode === "connecting";
      element.textContent = fleet.mode === "alone" ? "A gateway remembers what its workers did, and none is here." : "The gateway does not answer: what is shown is from before.";
    },
  };
}
