// The playground: every model that the fleet holds, by its kind.

import { h, show } from "./dom.js";
import { fleet, watch } from "./live.js";
import { embeddings } from "./embeddings.js";
import { otherModel } from "./other-model.js";

const ENCODERS = ["sentence-encoder", "text-image-encoder"];
const rank = kind => ENCODERS.includes(kind) ? ENCODERS.indexOf(kind) : ENCODERS.length;

export function open(element) {
  const select = h("select", { id: "model", onchange: () => choose(select.value) });
  const kind = h("span", { class: "small", id: "model-kind" });
  const stage = h("div", {});
  const panels = new Map();
  let offered = null;
  let chosen = null;

  show(element,
    h("div", { class: "page-head" },
      h("div", {}, h("h1", {}, "Playground"), h("p", { class: "lead" }, "Try what the fleet serves, and take the request along.")),
      h("div", { class: "row model-choice" }, h("label", { htmlFor: "model", class: "inline" }, "Model"), select, kind)),
    stage);

  function models() {
    const held = new Map();
    for (const worker of fleet.workers.values()) {
      worker.models.forEach((model) => held.set(model.name, model.kind));
    }
    return [...held].sort(([a, x], [b, y]) => rank(x) - rank(y) || a.length - b.length || a.localeCompare(b));
  }

  function offer() {
    const held = models();
    const names = held.map(([name, of]) => `${name}\n${of}`).join("\n\n");
    if (names === offered) {
      return;
    }
    offered = names;
    const groups = Map.groupBy(held, ([, of]) => of);
    show(select, [...groups].map(([of, list]) => h("optgroup", { label: of }, list.map(([name]) => h("option", { value: name }, name)))));
    if (held.length === 0) {
      kind.textContent = "";
      show(stage, h("p", { class: "notice" }, fleet.mode === "connecting" ? "Asking for the models …" : "No worker holds a model now. They appear here as soon as one does."));
      chosen = null;
    } else if (!held.some(([name]) => name === chosen)) {
      choose(held[0][0]);
    } else {
      select.value = chosen;
    }
  }

  function choose(name) {
    chosen = name;
    select.value = name;
    const of = new Map(models()).get(name);
    kind.textContent = of;
    const panel = ENCODERS.includes(of) ? "encoder" : `${of} ${name}`;
    if (!panels.has(panel)) {
      panels.set(panel, ENCODERS.includes(of) ? embeddings() : otherModel(of));
    }
    panels.get(panel).use(name);
    show(stage, panels.get(panel).element);
  }

  watch(() => element.isConnected && offer());
  return { arrive: offer };
}
