// A card for each model that the fleet holds, in a row: what it is, and who has it.

import { h, show } from "./dom.js";
import { distinct } from "./names.js";

/** `chosen(name)` hears which was picked. */
export function modelCards(chosen) {
  const element = h("ul", { class: "plain model-cards", aria: { label: "Models" } });
  let drawn = "";
  let picked = null;

  /** One of each model, as each worker that is there has it. */
  function update(workers) {
    const cards = gathered(workers);
    const key = JSON.stringify(cards);
    if (key === drawn) {
      return;
    }
    drawn = key;
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset.model : null;
    show(element, cards.map((card) => h("li", {}, h("button", { type: "button", class: "model-card", data: { model: card.name }, onclick: () => chosen(card.name) },
      h("span", { class: "model-card-name" }, card.name),
      h("span", {}, card.kind),
      h("span", { class: "small" }, about(card))))));
    mark();
    buttons().find((button) => button.dataset.model === focused)?.focus();
  }

  function pick(name) {
    picked = name;
    mark();
    const card = buttons().find((button) => button.dataset.model === name);
    if (card) {
      // Along the row alone: nobody asked for the page to move.
      element.scrollLeft = Math.min(Math.max(element.scrollLeft, card.offsetLeft + card.offsetWidth - element.clientWidth), card.offsetLeft);
    }
  }

  const buttons = () => [...element.querySelectorAll("button")];

  const mark = () => buttons().forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.model === picked)));

  return { element, update, pick };
}

/** Of each of `models`, in their order, what all workers have of it. */
function gathered({ models, workers }) {
  const cards = new Map(models.map(({ name, kind }) => [name, { name, kind, versions: [], aliases: [], devices: [], workers: 0 }]));
  for (const worker of workers) {
    for (const model of worker.models) {
      const card = cards.get(model.name);
      card.versions.push(model.version);
      card.aliases.push(...(model.aliases ?? []));
      card.devices.push(worker.device);
      card.workers += worker.state === "ready" ? 1 : 0;
    }
  }
  return [...cards.values()].map((card) => ({ ...card, versions: distinct(card.versions), aliases: distinct(card.aliases), devices: distinct(card.devices) }));
}

const about = ({ versions, aliases, devices, workers }) => [
  versions.length > 0 && `version ${versions.join(", ")}`,
  `${workers} ${workers === 1 ? "worker" : "workers"}`,
  devices.length > 3 ? `${devices.length} devices` : devices.join(", "),
  aliases.length > 0 && `also ${aliases.join(", ")}`,
].filter(Boolean).join(" · ");
