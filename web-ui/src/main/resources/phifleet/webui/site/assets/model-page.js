// One model's own page: what it had to do over time, and that of each version where these have shares, side by side.

import { historyChart } from "./chart.js";
import { h, show } from "./dom.js";
import { millis, number } from "./format.js";
import { RANGES, course, last, repeat } from "./history.js";
import { fleet, present } from "./live.js";
import { distinct } from "./names.js";
import { rangeBar } from "./range-bar.js";
import { workerLink } from "./worker-card.js";

const POLL_MS = 5_000;

const short = (value) => number(value, value < 10 ? 1 : 0);

const CHARTS = [
  { metric: "requests_per_second", title: "Requests a second", tone: "gold", format: short },
  { metric: "errors_per_second", title: "Failed a second", tone: "bad", format: short },
  { metric: "p50_ms", title: "p50", tone: "blue", format: millis },
  { metric: "p99_ms", title: "p99", tone: "blue", format: millis },
];

const WAITING = { metric: "queue_depth", title: "Waiting", tone: "gold", format: short };

export function modelPage(name) {
  const about = h("p", { class: "small" });
  const holders = h("p", { class: "row wrap" });
  const none = h("p", { class: "notice" });
  const range = rangeBar(() => measure());
  const own = chartsOf(name, [...CHARTS, WAITING]);
  const byVersion = h("div", { class: "version-columns" });
  const parts = new Map();
  let held = "";
  let mode = "";

  const element = h("div", { class: "model-page", data: { model: name } },
    h("p", { class: "small" }, h("a", { href: "#fleet" }, "← The fleet")),
    h("div", { class: "page-head" }, h("div", {}, h("h1", { class: "worker-title" }, name), about), range.element),
    holders,
    none,
    own.element,
    byVersion);

  const measure = repeat(element, POLL_MS, async () => {
    const asked = range.chosen;
    await Promise.all([own, ...parts.values()].map((charts) => charts.measure(RANGES[asked], () => asked === range.chosen)));
  });

  function update() {
    const workers = present().filter((worker) => worker.models.some((model) => model.name === name));
    const models = workers.flatMap((worker) => worker.models.filter((model) => model.name === name));
    const versions = distinct(models.map(({ version }) => version));
    const key = JSON.stringify([workers.map(({ id }) => id), versions, models[0]?.kind, fleet.gateway?.weights, fleet.mode]);
    if (key !== held) {
      held = key;
      about.textContent = models.length > 0
        ? [models[0].kind, `version ${versions.join(", ")}`].join(" · ")
        : fleet.mode === "connecting" ? "Connecting …" : "No worker holds a model of this name now.";
      show(holders, workers.length > 0 && "Held by ", workers.map(({ id }) => workerLink(id)));
      none.hidden = fleet.mode === "live" || fleet.mode === "connecting";
      none.textContent = fleet.mode === "alone" ? "A gateway remembers what its workers did, and none is here." : "The gateway does not answer: what is shown is from before.";
      divide(versions.length > 1 && (fleet.gateway?.weights ?? []).includes(name) ? versions : []);
    }
    if (fleet.mode !== mode) {
      mode = fleet.mode;
      measure();
    }
  }

  /** The gateway keeps a version's course as long as versions have shares. */
  function divide(versions) {
    if (versions.join("\n") === [...parts.keys()].join("\n")) {
      return;
    }
    parts.clear();
    versions.forEach((version) => parts.set(version, chartsOf(`${name}@${version}`, CHARTS)));
    show(byVersion, [...parts].map(([version, charts]) => h("section", {}, h("h2", {}, `Version ${version}`), charts.element)));
    measure();
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

/** The courses of a model, or of a version as `model@version`. */
function chartsOf(subject, kinds) {
  const charts = kinds.map((kind) => ({ ...kind, drawn: historyChart(kind.title, kind.tone, kind.format) }));
  return {
    element: h("div", { class: "charts small-charts" }, charts.map(({ drawn }) => drawn.element)),
    measure: (range, isWanted) => Promise.all(charts.map(async ({ metric, format, drawn }) => {
      const found = await course(metric, range, { model: subject });
      if (found && isWanted()) {
        drawn.update(found, format(last(found[1].slice(-3))), range.seconds);
      }
    })),
  };
}
