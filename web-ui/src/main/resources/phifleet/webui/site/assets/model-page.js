// One model's own page: what it had to do over time, and that of each version where these have shares, side by side.

import { DEMAND, OF_REQUESTS, WAITING, courseCharts, staleNotice } from "./course-charts.js";
import { h, show } from "./dom.js";
import { RANGES, repeat } from "./history.js";
import { fleet, present } from "./live.js";
import { distinct } from "./names.js";
import { rangeBar } from "./range-bar.js";
import { workerLink } from "./worker-card.js";

const POLL_MS = 5_000;

export function modelPage(name) {
  const about = h("p", { class: "small" });
  const holders = h("p", { class: "row wrap" });
  const none = staleNotice();
  const range = rangeBar(() => measure());
  const own = courseCharts([...OF_REQUESTS, WAITING, DEMAND], { model: name });
  const byVersion = h("div", { class: "version-columns" });
  const parts = new Map();
  let held = "";
  let mode = "";

  const element = h("div", { class: "model-page", data: { model: name } },
    h("p", { class: "small" }, h("a", { href: "#fleet" }, "← The fleet")),
    h("div", { class: "page-head" }, h("div", {}, h("h1", { class: "worker-title" }, name), about), range.element),
    holders,
    none.element,
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
      none.update();
      range.element.hidden = fleet.mode === "alone";
      own.see(() => fleet.mode !== "alone");
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
    versions.forEach((version) => parts.set(version, courseCharts(OF_REQUESTS, { model: `${name}@${version}` })));
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
