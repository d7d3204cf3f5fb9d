// The playground: every model that the fleet holds, by its kind, and what each can do.

import { h, show } from "./dom.js";
import { fleet, present, watch } from "./live.js";
import { headsOf, rankOf } from "./heads.js";
import { modelCards } from "./model-cards.js";

export function open(element) {
  const select = h("select", { id: "model", onchange: () => choose(select.value) });
  const kind = h("span", { class: "small", id: "model-kind" });
  const cards = modelCards(choose);
  const heads = h("div", { class: "segments", id: "heads", role: "group", aria: { label: "What to try" } });
  const stage = h("div", {});
  const panels = new Map();
  let offered = null;
  let chosen = null;
  let head = null;

  show(element,
    h("div", { class: "page-head" },
      h("div", {}, h("h1", {}, "Playground"), h("p", { class: "lead" }, "Try what the fleet serves, and take the request along.")),
      h("div", { class: "row model-choice" }, h("label", { htmlFor: "model", class: "inline" }, "Model"), select, kind)),
    cards.element,
    heads,
    stage);

  function models() {
    const held = new Map();
    for (const worker of fleet.workers.values()) {
      worker.models.forEach((model) => held.set(model.name, model));
    }
    return [...held.values()].sort((a, b) => rankOf(a.kind) - rankOf(b.kind) || a.name.length - b.name.length || a.name.localeCompare(b.name));
  }

  function offer() {
    const held = models();
    cards.update({ models: held, workers: present() });
    const names = held.map((model) => [model.name, model.kind, ...(model.gives ?? [])].join("\n")).join("\n\n");
    if (names === offered) {
      return;
    }
    offered = names;
    const groups = Map.groupBy(held, (model) => model.kind);
    show(select, [...groups].map(([of, list]) => h("optgroup", { label: of }, list.map(({ name }) => h("option", { value: name }, name)))));
    if (held.length === 0) {
      kind.textContent = "";
      heads.hidden = true;
      show(stage, h("p", { class: "notice" }, fleet.mode === "connecting" ? "Asking for the models …" : "No worker holds a model now. They appear here as soon as one does."));
      chosen = null;
    } else {
      choose(held.some(({ name }) => name === chosen) ? chosen : held[0].name);
    }
  }

  function choose(name) {
    chosen = name;
    select.value = name;
    cards.pick(name);
    const model = models().find((one) => one.name === name);
    kind.textContent = model.kind;
    const offeredHeads = headsOf(model);
    heads.hidden = offeredHeads.length < 2;
    show(heads, offeredHeads.map((one) => h("button", { type: "button", class: "segment", onclick: () => pick(one) }, one.name)));
    pick(offeredHeads.find((one) => one.name === head) ?? offeredHeads[0]);
  }

  /** Models that do the same share a panel, and what was typed into it. */
  function pick({ name, panel }) {
    head = name;
    [...heads.children].forEach((button) => button.setAttribute("aria-pressed", String(button.textContent === name)));
    if (!panels.has(name)) {
      panels.set(name, panel());
    }
    panels.get(name).use(chosen);
    if (stage.firstChild !== panels.get(name).element) {
      show(stage, panels.get(name).element);
    }
  }

  watch(() => element.isConnected && offer());
  return { arrive: offer };
}
