// The bar above the workers: what is shown of them, in which order, as cards or as a table. Kept in this browser.

import { h, show } from "./dom.js";
import { CHOICES, ORDERS, values } from "./fleet-choice.js";
import { inBrowser } from "./storage.js";

const PLACE = "phi-fleet.workers";
const USUAL = { text: "", state: "", model: "", node: "", device: "", order: "Trouble first", view: "" };

/** More workers than this are a table, where nobody chose. */
const MOST_CARDS = 24;

/** `changed` is called once another wish is made. */
export function fleetBar(changed) {
  const wish = { ...USUAL, ...kept() };
  const text = h("input", { type: "search", id: "worker-text", placeholder: "Find a worker", autocomplete: "off", value: wish.text, aria: { label: "Find a worker" } });
  const choices = Object.fromEntries(Object.keys(CHOICES).map((name) => [name, h("select", { aria: { label: CHOICES[name].label } })]));
  const order = h("select", { aria: { label: "Order" } },
    Object.keys(ORDERS).map((name) => h("option", { value: name, selected: name === wish.order }, name)));
  const views = Object.fromEntries(["Cards", "Table"].map((name) => [name, h("button", { type: "button", class: "segment" }, name)]));
  const count = h("p", { class: "small worker-count", role: "status" });
  const clear = h("button", { type: "button", class: "quiet", disabled: true }, "Show all");
  const element = h("div", { class: "fleet-bar" },
    text, Object.values(choices), h("label", { class: "inline" }, "Order ", order),
    h("div", { class: "segments", role: "group", aria: { label: "View" } }, Object.values(views)),
    h("div", { class: "row" }, count, clear));
  const options = {};

  const make = (change) => {
    Object.assign(wish, change);
    keep(wish);
    changed();
  };
  text.addEventListener("input", () => make({ text: text.value }));
  order.addEventListener("change", () => make({ order: order.value }));
  for (const [name, select] of Object.entries(choices)) {
    select.addEventListener("change", () => make({ [name]: select.value }));
  }
  for (const [name, button] of Object.entries(views)) {
    button.addEventListener("click", () => make({ view: name }));
  }
  clear.addEventListener("click", () => {
    text.value = "";
    Object.values(choices).forEach((select) => (select.value = ""));
    make({ text: "", state: "", model: "", node: "", device: "" });
    text.focus();
  });

  /** Offers what there is. A choice that nobody fits any more stays, so that it can be seen and undone. */
  function offer(name, workers) {
    const found = values(name, workers);
    if (wish[name] && !found.includes(wish[name])) {
      found.push(wish[name]);
    }
    const key = found.join("\n");
    if (options[name] !== key) {
      options[name] = key;
      show(choices[name], h("option", { value: "" }, `Any ${CHOICES[name].label.toLowerCase()}`),
        found.map((value) => h("option", { value, selected: value === wish[name] }, value)));
    }
  }

  return {
    element,
    wish,
    view: (workers) => wish.view || (workers > MOST_CARDS ? "Table" : "Cards"),
    update(workers, shown) {
      Object.keys(CHOICES).forEach((name) => offer(name, workers));
      const view = this.view(workers.length);
      for (const [name, button] of Object.entries(views)) {
        button.setAttribute("aria-pressed", String(name === view));
      }
      const said = shown === workers.length ? `${shown} ${shown === 1 ? "worker" : "workers"}` : `${shown} of ${workers.length} workers`;
      if (count.textContent !== said) {
        count.textContent = said;
      }
      // Never out of its place: what comes and goes there would move the workers below it.
      clear.disabled = shown === workers.length && !wish.text && !Object.keys(CHOICES).some((name) => wish[name]);
    },
  };
}

function kept() {
  try {
    const { order, view } = JSON.parse(inBrowser.get(PLACE) ?? "{}");
    return { order: order in ORDERS ? order : USUAL.order, view: view === "Cards" || view === "Table" ? view : "" };
  } catch {
    return {};
  }
}

/** What is looked for is of the moment; how it is looked at is not. */
const keep = ({ order, view }) => inBrowser.set(PLACE, JSON.stringify({ order, view }));
