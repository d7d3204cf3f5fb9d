// The symbols of an equation: what each was taken to be, and the unit to say otherwise.

import { h } from "./dom.js";
import { dimension, symbol, unitText } from "./math.js";

const SOURCES = { user: "given", solved: "follows", convention: "by convention", free: "free" };

export const UNITS = ["m", "kg", "s", "A", "K", "mol", "cd", "N", "J", "W", "Pa", "Hz", "C", "V", "Ω", "F", "T", "Wb", "H", "m/s",
  "m/s^2", "N*m", "J/K", "J/(mol*K)", "kg/m^3", "V/m", "rad", "eV", "1"];

/** `units` holds what a person gave, by symbol; `change` is called after it was changed. */
export function symbolsTable(dimensions, units, change) {
  const rows = dimensions?.per_symbol ?? [];
  if (rows.length === 0) {
    return null;
  }
  const given = [...units.values()].filter(Boolean).length;
  return h("section", { class: "card" },
    h("div", { class: "row between" },
      h("h3", {}, "Symbols"),
      given > 0 && h("button", { type: "button", class: "quiet", onclick: () => { units.clear(); change(); } }, "Forget units")),
    h("p", { class: "small" }, dimensions.basis === "units"
      ? "Dimensions from the units given; the others follow from them."
      : "What these letters usually mean. Give a unit where one means something else."),
    h("table", { class: "symbols" },
      h("thead", {}, h("tr", {}, ["Symbol", "Meaning", "Dimension", "Unit"].map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", {}, rows.map((row) => line(row, units, change)))));
}

/** What the table needs where there is no report yet, but units were given. */
export const onlyUnits = (units) => ({
  basis: "units",
  per_symbol: [...units.keys()].map((name) => ({ name, meaning: "", dimension: "", unit: "", source: "user" })),
});

/** Says at a symbol's unit why it cannot be used; `message` is the API's, whose words for a field nobody typed are left out. */
export function markUnit(root, name, message) {
  root.querySelectorAll(".unit[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  root.querySelectorAll(".unit-problem").forEach((note) => note.remove());
  const input = root.querySelector(`.unit[data-symbol="${CSS.escape(name)}"]`);
  const [, reason, at] = /^`[^`]*` is '.*': (.+?)(?: \(at (\d+)\))?$/s.exec(message) ?? [null, message, undefined];
  const note = h("p", { class: "unit-problem error-text small", id: "unit-problem", role: "alert" },
    `The unit of ${name} cannot be used: ${reason}${at === undefined ? "" : `, at character ${Number(at) + 1}`}.`);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", note.id);
  input.after(note);
}

function line(row, units, change) {
  const input = h("input", {
    type: "text",
    class: "unit",
    value: units.get(row.name) ?? "",
    placeholder: unitText(row.unit) || "unit",
    maxLength: 60,
    spellcheck: false,
    autocapitalize: "off",
    list: "units",
    aria: { label: `Unit of ${row.name}` },
    data: { symbol: row.name },
    onchange: () => {
      const unit = input.value.trim();
      if (unit) {
        units.set(row.name, unit);
      } else {
        units.delete(row.name);
      }
      change();
    },
  });
  return h("tr", {},
    h("th", { scope: "row" }, symbol(row.name)),
    h("td", {}, row.meaning || "–", h("span", { class: "small source" }, SOURCES[row.source] ?? row.source)),
    h("td", {}, dimension(row.dimension)),
    h("td", {}, input));
}
