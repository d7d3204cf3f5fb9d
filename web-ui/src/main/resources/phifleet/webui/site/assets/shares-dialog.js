// Has a part of a model's requests go to another version of it, or to another model, and ends that.

import { asOperator } from "./admin-key.js";
import { announce, h, show } from "./dom.js";
import { present } from "./live.js";
import { byName, distinct } from "./names.js";

const USUAL_PERCENT = 10;

export const weightsPath = (name) => `fleet/models/${encodeURIComponent(name)}/weights`;

/** The sorts of what can have shares: the field that the API has for each, and what there is of it. */
const SORTS = {
  versions: { title: "Versions of it", of: versionsOf },
  models: { title: "Models", of: modelsLike },
};

/** `split` is how the name is divided now, or null; `changed` is called once it is otherwise. */
export function sharesDialog(name, { split = null, changed }) {
  const base = h("select", { id: "share-base" });
  const canary = h("select", { id: "share-canary" });
  const percent = h("input", { id: "share-percent", type: "number", min: 0, max: 100, step: "any", required: true, value: USUAL_PERCENT });
  const problem = h("p", { class: "error-text", role: "alert" });
  const few = h("p", { class: "small" });
  const set = h("button", { type: "submit", class: "primary" }, "Set the shares");
  const end = h("button", { type: "button", hidden: split === null, onclick: () => run("DELETE") }, "End the shares");
  const sorts = Object.entries(SORTS).map(([sort, { title }]) =>
    h("button", { type: "button", class: "segment", data: { sort }, onclick: () => choose(sort) }, title));
  const dialog = h("dialog", { class: "dialog shares-dialog", aria: { labelledby: "shares-dialog-title" }, onclose: () => dialog.remove() },
    h("form", { class: "stack", onsubmit: (event) => { event.preventDefault(); run("PUT"); } },
      h("h2", { id: "shares-dialog-title" }, `Shares of ${name}`),
      h("p", {}, "Requests for this name are divided by chance; who sends the same ", h("code", {}, "X-Sticky"), " header gets the same each time."),
      h("div", { class: "segments", role: "group", aria: { label: "What has shares" } }, sorts),
      h("div", {}, h("label", { class: "field-label", htmlFor: "share-percent" }, "Percent of the requests"), percent),
      h("div", {}, h("label", { class: "field-label", htmlFor: "share-canary" }, "go to"), canary),
      h("div", {}, h("label", { class: "field-label", htmlFor: "share-base" }, "and the others to"), base),
      few,
      problem,
      h("div", { class: "row end wrap" }, h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"), end, set)));
  let chosen = "";

  function choose(sort) {
    chosen = sort;
    sorts.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.sort === sort)));
    const options = SORTS[sort].of(name, split);
    const offer = (select, value) => show(select, options.map((one) => h("option", { value: one, selected: one === value }, one)));
    offer(base, sort === "models" && options.includes(name) ? name : options[0]);
    offer(canary, options.findLast((one) => one !== base.value));
    set.disabled = options.length < 2;
    few.textContent = options.length > 1 ? "" : sort === "versions"
      ? "All workers hold the same version of it: load another one on some of them first."
      : "No other model of its kind is in the fleet.";
  }

  async function run(method) {
    problem.textContent = "";
    if (method === "PUT" && base.value === canary.value) {
      problem.textContent = "Both are the same: choose another one of them.";
      return;
    }
    [set, end].forEach((button) => (button.disabled = true));
    try {
      const body = method === "PUT" ? { body: bodyOf(chosen, canary.value, percent.valueAsNumber, base.value) } : {};
      await asOperator(weightsPath(name), { method, headers: { "Content-Type": "application/json" }, ...body });
      announce(method === "PUT" ? `${percent.value} % of the requests for ${name} go to ${canary.value}.` : `${name} stands for itself again.`);
      dialog.close();
      changed();
    } catch (failure) {
      problem.textContent = failure.message;
    } finally {
      [set, end].forEach((button) => (button.disabled = false));
    }
  }

  choose(split?.models || versionsOf(name, split).length < 2 ? "models" : "versions");
  document.body.append(dialog);
  dialog.showModal();
  percent.focus();
}

/**
 * Written by hand, since the order tells: who sticks to the first keeps it as its share grows, and an object of JavaScript puts names that
 * are numbers in an order of its own.
 */
const bodyOf = (sort, canary, percent, base) =>
  `{${JSON.stringify(sort)}:{${JSON.stringify(canary)}:${percent},${JSON.stringify(base)}:${100 - percent}}}`;

const held = () => present().flatMap((worker) => worker.models);

/** Those that workers hold, and those that have a share now. */
function versionsOf(name, split) {
  const there = held().filter((model) => model.name === name).map(({ version }) => version);
  return distinct([...there, ...(split?.versions ?? []).map(({ version }) => version)]);
}

/** Those of the same kind, itself first; all where nobody holds it, as where a name is only that of shares. */
function modelsLike(name, split) {
  const all = held();
  const kind = all.find((model) => model.name === name)?.kind;
  const alike = all.filter((model) => kind === undefined || model.kind === kind).map((model) => model.name);
  return distinct([...alike, ...(split?.models ?? []).map(({ model }) => model)])
    .sort((a, b) => Number(b === name) - Number(a === name) || byName(a, b));
}
