// A card for each model that the fleet holds, in a row: what it is, and who has it.

import { h, show } from "./dom.js";

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

/** Named as `models`, which are in the order to show them in. */
function gathered({ models, workers }) {
  return models.map(({ name, kind }) => {
    const holders = workers.filter((worker) => worker.state !== "gone" && worker.models.some((model) => model.name === name));
    const own = holders.flatMap((worker) => worker.models.filter((model) => model.name === name));
    return {
      name,
      kind,
      versions: unique(own.map(({ version }) => version)),
      aliases: unique(own.flatMap(({ aliases }) => aliases ?? [])),
      devices: unique(holders.map(({ device }) => device)),
      workers: holders.filter(({ state }) => state === "ready").length,
    };
  });
}

const unique = (values) => [...new Set(values.filter(Boolean))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));

const about = ({ versions, aliases, devices, workers }) => [
  versions.length > 0 && `version ${versions.join(", ")}`,
  `${workers} ${workers === 1 ? "worker" : "workers"}`,
  devices.length > 3 ? `${devices.length} devices` : devices.join(", "),
  aliases.length > 0 && `also ${aliases.join(", ")}`,
].filter(Boolean).join(" · ");
