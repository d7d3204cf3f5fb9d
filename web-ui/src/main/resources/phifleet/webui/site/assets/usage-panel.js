// What the fleet's devices were asked for, by the names of keys and by model: for operators, as one gateway counts it.

import { asOperator } from "./admin-key.js";
import { h, show } from "./dom.js";
import { ABSENT, count, number, percent, span } from "./format.js";
import { repeat } from "./history.js";
import { fleet } from "./live.js";
import { meter } from "./meter.js";
import { isOperated } from "./operate-button.js";

const POLL_MS = 5_000;
const MOST_NAMED = 4;

/** What stands for those who show no key of their own. */
const PLACEHOLDERS = { shared: "the shared API key", none: "no key" };

export function usagePanel() {
  const since = h("p", { class: "small" });
  const keys = table("Device time by key", ["Key", "Requests", "Refused", "Device time", "Part", "Budget a minute", "Most requests/s", "Models"], [1, 2, 3, 5, 6]);
  const models = table("Device time by model", ["Model", "Device time", "Part"], [1]);
  const element = h("section", { class: "card usage", aria: { labelledby: "usage-title" }, hidden: true },
    h("h2", { id: "usage-title" }, "Cost"), since, keys.element, models.element);
  let allowed = false;
  let drawn = "";

  const measure = repeat(element, POLL_MS, async () => {
    if (!isAllowed()) {
      return;
    }
    try {
      draw(await (await asOperator("fleet/usage", { timeout: POLL_MS })).json());
    } catch {
      // The banner says what is wrong with the gateway; what was read last stands.
    }
  });

  function draw(usage) {
    element.hidden = !isAllowed();
    const now = JSON.stringify(usage);
    if (now === drawn) {
      return;
    }
    drawn = now;
    since.textContent = `Of what came through this gateway since ${new Date(usage.since).toLocaleString("en-GB")}.`;
    const all = usage.models.reduce((sum, { device_seconds: seconds }) => sum + seconds, 0);
    show(keys.body, falling(usage.keys).map((key) => h("tr", {},
      h("th", { scope: "row" }, PLACEHOLDERS[key.key] ?? key.key),
      h("td", { class: "numeric" }, count(key.requests)),
      h("td", { class: "numeric", data: { alarm: String(key.refused > 0) } }, count(key.refused)),
      h("td", { class: "numeric" }, deviceTime(key.device_seconds)),
      part(key.device_seconds, all),
      h("td", { class: "numeric", data: { alarm: String(key.device_seconds_left <= 0) } }, budget(key)),
      h("td", { class: "numeric" }, number(key.requests_per_second, 1)),
      h("td", { class: "small" }, named(key.models)))));
    show(models.body, falling(usage.models).map(({ model, device_seconds: seconds }) => h("tr", {},
      h("th", { scope: "row" }, model),
      h("td", { class: "numeric" }, deviceTime(seconds)),
      part(seconds, all))));
    models.element.hidden = usage.models.length === 0;
  }

  return {
    element,
    measure,
    update() {
      if (isAllowed() !== allowed) {
        allowed = isAllowed();
        element.hidden = true;
        measure();
      }
    },
  };
}

const isAllowed = () => fleet.mode === "live" && isOperated();

function table(label, heads, numeric) {
  const body = h("tbody");
  return {
    body,
    element: h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label } },
      h("table", {}, h("thead", {}, h("tr", {}, heads.map((head, i) => h("th", { scope: "col", class: numeric.includes(i) ? "numeric" : "" }, head)))), body)),
  };
}

const falling = (list) => list.toSorted((a, b) => b.device_seconds - a.device_seconds);

const deviceTime = (seconds) => (seconds < 60 ? `${number(seconds, seconds < 1 ? 3 : 1)} s` : span(seconds));

const part = (seconds, all) => {
  const share = all > 0 ? seconds / all : 0;
  return h("td", { class: "part-cell" }, h("div", { class: "row" }, meter(share), h("span", { class: "numeric" }, percent(share, 0))));
};

const budget = ({ device_seconds_per_minute: most, device_seconds_left: left }) =>
  most === undefined ? ABSENT : `${number(Math.max(0, left ?? most), 1)} of ${number(most, 1)} s left`;

function named(models) {
  const most = falling(models).slice(0, MOST_NAMED).map(({ model, device_seconds: seconds }) => `${model} ${deviceTime(seconds)}`);
  return [...most, models.length > MOST_NAMED && `${models.length - MOST_NAMED} more`].filter(Boolean).join(", ");
}
