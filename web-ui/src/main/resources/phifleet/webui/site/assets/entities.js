// A text, and what is named in it.

import { h } from "./dom.js";
import { field, headPanel, labelsOf } from "./head-panel.js";
import { meter } from "./meter.js";
import { percent } from "./format.js";

const TONES = 5;
const SAMPLE = "🎉 Anna Keller moved from Hamburg to Lisbon 🇵🇹 to work for Northwind Shipping.";

export function entities() {
  const text = h("textarea", { id: "entities-text", rows: 4, value: SAMPLE });
  const labels = h("input", { id: "entities-labels", placeholder: "person, city, organisation", autocomplete: "off" });
  return headPanel({
    fields: [
      field("Text", text),
      field("Labels of your own, with commas between them, for a model that takes them (GLiNER)", labels),
    ],
    note: "A long text is read in windows that overlap.",
    action: "Find",
    empty: "Find what the text names.",
    ask: (model) => {
      if (text.value.trim() === "") {
        throw new Error("There is no text.");
      }
      const own = labelsOf(labels.value);
      return [{ path: "extract", body: { texts: [text.value], model, ...(own.length > 0 ? { labels: own } : {}) } }];
    },
    draw: ([{ entities: [found] }], [{ texts: [given] }]) => [marked(given, found), listed(found)],
  });
}

/** Which tone each label has, by the order in which labels come. */
const tones = (found) => new Map([...new Set(found.map(({ label }) => label))].map((label, i) => [label, i % TONES]));

/** Strings of JavaScript are counted in UTF-16 units, as `start_utf16` is. Of those that overlap the first is marked. */
function marked(text, found) {
  const toneOf = tones(found);
  const parts = [];
  let at = 0;
  for (const { label, start_utf16: start, end_utf16: end } of [...found].sort((a, b) => a.start_utf16 - b.start_utf16 || b.end_utf16 - a.end_utf16)) {
    if (start >= at) {
      parts.push(text.slice(at, start), h("mark", { class: `entity tone-${toneOf.get(label)}` }, h("span", { class: "entity-text" }, text.slice(start, end)), h("span", { class: "entity-label" }, label)));
      at = end;
    }
  }
  return h("section", { class: "card" }, h("h3", {}, "In the text"), h("p", { class: "entity-lines" }, parts, text.slice(at)));
}

function listed(found) {
  const toneOf = tones(found);
  return h("section", { class: "card" },
    h("h3", {}, "Found"),
    found.length === 0
      ? h("p", {}, "Nothing.")
      : h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label: "Entities" } },
        h("table", { class: "entities" },
          h("thead", {}, h("tr", {}, ["Text", "Label", "Score", "", "Characters", "UTF-16"].map((name, i) => name === "" ? h("td", {}) : h("th", { scope: "col", class: i < 2 ? "" : "numeric" }, name)))),
          h("tbody", {}, found.map((entity) => h("tr", {},
            h("th", { scope: "row" }, entity.text),
            h("td", {}, h("span", { class: `entity-chip tone-${toneOf.get(entity.label)}` }, entity.label)),
            h("td", { class: "numeric" }, percent(entity.score, 1)),
            h("td", { class: "bar-cell" }, meter(entity.score)),
            h("td", { class: "numeric" }, `${entity.start}–${entity.end}`),
            h("td", { class: "numeric" }, `${entity.start_utf16}–${entity.end_utf16}`)))))));
}
