// Result files of scripts/benchmark as tables. They are read in this browser and sent nowhere.

import { h, show } from "./dom.js";
import { read, report } from "./benchmark-report.js";
import { ABSENT, bytes, number } from "./format.js";
import { meter } from "./meter.js";

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_FILES = 64;

export function open(element) {
  const results = new Map();
  const input = h("input", { id: "result-files", type: "file", accept: ".json,application/json", multiple: true });
  const drop = h("div", { class: "drop" },
    h("label", { class: "field-label", htmlFor: "result-files" }, "Result files"),
    h("p", { class: "small" }, "JSON files of run/benchmark/results, one a framework: drop them here, or choose them. They stay in this browser."),
    input);
  const says = h("div", { role: "status" });
  const shown = h("div", { class: "stack" });
  const forget = h("button", { type: "button", class: "quiet", hidden: true }, "Put all away");
  show(element,
    h("div", { class: "page-head" }, h("div", {}, h("h1", {}, "Benchmarks"),
      h("p", { class: "lead" }, "What ", h("code", {}, "scripts/benchmark"), " measured, scenario by scenario.")), forget),
    h("section", { class: "card", aria: { label: "Open files" } }, drop, says),
    shown);

  input.addEventListener("change", () => take([...input.files]));
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.dataset.over = "";
  });
  drop.addEventListener("dragleave", () => delete drop.dataset.over);
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    delete drop.dataset.over;
    take([...event.dataTransfer.files]);
  });
  forget.addEventListener("click", () => {
    results.clear();
    input.value = "";
    draw([]);
    input.focus();
  });

  async function take(files) {
    const problems = [];
    for (const file of files.slice(0, MOST_FILES)) {
      try {
        const result = await opened(file);
        results.set(`${result.model}\n${result.framework}`, result);
      } catch (failure) {
        problems.push(`${file.name}: ${failure.message}`);
      }
    }
    if (files.length > MOST_FILES) {
      problems.push(`${files.length} files were given, and at most ${MOST_FILES} are opened at once.`);
    }
    draw(problems);
  }

  async function opened(file) {
    if (file.size > MOST_BYTES) {
      throw new Error(`has ${bytes(file.size)}, and at most ${bytes(MOST_BYTES)} are opened.`);
    }
    return read(await file.text());
  }

  function draw(problems) {
    show(says, problems.map((problem) => h("p", { class: "error-text" }, problem)));
    forget.hidden = results.size === 0;
    const models = [...new Set([...results.values()].map((result) => result.model))].sort();
    show(shown, models.map((model) => ofModel(report([...results.values()].filter((result) => result.model === model)))));
  }

  draw([]);
  return {};
}

function ofModel({ model, systems, results, scenarios, remarks }) {
  return [
    h("section", { class: "card" }, h("h2", {}, model),
      h("p", { class: "small" }, `Measured on ${systems.join("; ")}.`),
      table(["Framework", "Workers × threads", "Start to ready", "Most memory"], results.map((result) =>
        row(result.framework, [result.threads || "its own", `${number(result.loadMillis)} ms`, `${number(result.peakMemoryMb)} MB`])), `Frameworks with ${model}`)),
    scenarios.map(scenario),
    remarks.length > 0 && h("section", { class: "card" }, h("h2", {}, "What was not comparable"),
      h("ul", {}, remarks.map((remark) => h("li", {}, remark)))),
  ];
}

function scenario({ name, load, connections, rows }) {
  const most = Math.max(...rows.map((one) => one.textsPerSecond), 1e-9);
  return h("section", { class: "card" },
    h("h2", {}, name),
    h("p", { class: "small" }, [`${number(connections)} ${connections === 1 ? "connection" : "connections"}`, load].filter(Boolean).join(", "),
      ". In brackets the lowest and the highest round that counts."),
    table(["Framework", "Texts/s", "", "p50", "p95", "p99", "p99.9", "CPU s per 1,000 texts", "Rounds"], rows.map((one) =>
      row(one.framework, [
        between(one.textsPerSecond, one.range),
        meter(one.textsPerSecond / most, { label: `${number(one.textsPerSecond, 1)} texts a second` }),
        ...["p50", "p95", "p99", "p999"].map((quantile) => (typeof one.latency[quantile] === "number" ? `${number(one.latency[quantile], 2)} ms` : ABSENT)),
        number(one.cpuPerThousand, 2),
        number(one.rounds)])), `Scenario ${name}`));
}

const between = (value, range) => (range ? `${number(value, 1)} (${number(range[0], 1)} to ${number(range[1], 1)})` : number(value, 1));

const row = (name, cells) => h("tr", {}, h("th", { scope: "row" }, name), cells.map((cell) => h("td", {}, cell)));

const table = (heads, rows, label) =>
  h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label } },
    h("table", { class: "benchmark" },
      h("thead", {}, h("tr", {}, heads.map((head) => (head ? h("th", { scope: "col" }, head) : h("td", {}))))), h("tbody", {}, rows)));
