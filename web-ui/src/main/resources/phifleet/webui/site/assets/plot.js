// Both sides of an equation over the one symbol that is free in it, as POST /validate/curve calculates them.

import { axis, widest } from "./chart.js";
import { h, show } from "./dom.js";
import { significant } from "./format.js";
import { uPlot } from "./libraries.js";
import { symbol } from "./math.js";
import { meeting, ticks, view } from "./plot-view.js";
import { colour } from "./theme.js";

const HEIGHT = 260;
const TABLE_ROWS = 21;
const SIDES = ["left", "right"];

/** How far beyond its frame a line is drawn, in heights of it: what is farther out would only cost a canvas its precision. */
const BEYOND = 2;

/**
 * The panel. `update` takes a curve, or null for none, and is called while the panel is shown; `ask` gives a promise of the curve between
 * two other ends.
 */
export function plotPanel(ask) {
  const frame = h("div", { class: "plot-frame", role: "img" });
  const caption = h("p", { class: "small plot-caption" });
  const said = h("output", { class: "plot-said", htmlFor: "plot-at" });
  const slider = h("input", { id: "plot-at", type: "range", min: 0, step: 1, oninput: () => point(Number(slider.value)) });
  const name = h("span", {});
  const from = end("plot-from", "from");
  const to = end("plot-to", "to");
  const problem = h("p", { class: "error-text small", role: "alert", hidden: true });
  const rows = h("tbody", {});
  const table = h("details", { class: "plot-table", ontoggle: tabulate },
    h("summary", {}, "As a table"),
    h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label: "Both sides, as a table" } }, h("table", {}, h("thead", {}, h("tr", {}, ["At", "Left side", "Right side"].map((title) => h("th", { scope: "col" }, title)))), rows)));
  const element = h("section", { class: "card plot", aria: { label: "Both sides, drawn" } },
    h("div", { class: "row between wrap" },
      h("h3", {}, "Both sides, over ", name),
      h("p", { class: "row small" }, SIDES.map((side) => h("span", { class: "plot-key", data: { side } }, `${side} side`)))),
    frame,
    caption,
    h("div", { class: "row wrap plot-at" }, h("label", { htmlFor: "plot-at", class: "inline" }, "Read off"), slider, said),
    h("form", { class: "row wrap", onsubmit: (event) => { event.preventDefault(); redraw(from.valueAsNumber, to.valueAsNumber); } },
      h("label", { class: "inline", htmlFor: "plot-from" }, "From"), from,
      h("label", { class: "inline", htmlFor: "plot-to" }, "to"), to,
      h("button", { type: "submit" }, "Draw"),
      h("button", { type: "button", class: "quiet", onclick: () => zoom(0.5) }, "Closer"),
      h("button", { type: "button", class: "quiet", onclick: () => zoom(2) }, "Wider")),
    problem,
    table);

  let curve = null;
  let seen = null;
  let plot = null;
  let width = 0;
  let drawing = 0;

  new ResizeObserver(() => {
    if (frame.clientWidth !== width) {
      draw();
    }
  }).observe(frame);
  window.addEventListener("themechange", () => draw());

  function update(given) {
    curve = given;
    element.hidden = curve === null;
    if (curve === null) {
      return;
    }
    seen = view(curve);
    show(name, symbol(curve.variable));
    from.value = String(curve.from);
    to.value = String(curve.to);
    problem.hidden = true;
    const text = description();
    caption.textContent = text;
    frame.setAttribute("aria-label", `Left and right side drawn over ${curve.variable} from ${significant(curve.from)} to ${significant(curve.to)}. ${text}`);
    slider.max = String(curve.x.length - 1);
    slider.value = String(Math.floor(curve.x.length / 2));
    said.textContent = at(Number(slider.value));
    slider.setAttribute("aria-valuetext", said.textContent);
    tabulate();
    draw();
  }

  function description() {
    const { everywhere, places } = meeting(curve);
    const names = places.slice(0, 6).map((place) => significant(place)).join(", ");
    const meet = everywhere
      ? "The sides lie on each other."
      : places.length === 0 ? "The sides do not meet here." : `They meet near ${names}${places.length > 6 ? ` and at ${places.length - 6} more places` : ""}.`;
    const empty = SIDES.filter((side) => curve[side].every((value) => value === null));
    const broken = SIDES.filter((side) => !empty.includes(side) && curve[side].some((value) => value === null));
    return [
      meet,
      ...empty.map((side) => `The ${side} side has no real value here.`),
      ...broken.map((side) => `The ${side} side has places without a real value, or jumps.`),
      seen.isCut && "Values far beyond the others are cut off.",
      curve.whole && `${curve.variable} is a whole number.`,
    ].filter(Boolean).join(" ");
  }

  async function draw() {
    const mine = ++drawing;
    const Plot = await uPlot().catch(() => null);
    if (!Plot || mine !== drawing || curve === null || !frame.isConnected) {
      return;
    }
    plot?.destroy();
    width = frame.clientWidth;
    const across = ticks(curve.from, curve.to, Math.max(2, Math.floor(width / 90)));
    const up = ticks(seen.low, seen.high, 6);
    plot = new Plot({
      width: Math.max(width, 120),
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 8 } },
      hooks: { setCursor: [(drawn) => hovered(drawn.cursor.idx)] },
      padding: [8, 18, 0, 0],
      scales: { x: { time: false, range: [0, 1] }, y: { range: [0, 1] } },
      // Drawn within 0 and 1, so that no size of numbers troubles the library; the labels are the true ones.
      axes: [
        { ...axis(), size: 26, splits: () => across.map(placeOf), values: () => across.map((value) => significant(value)) },
        { ...axis(), size: widest, splits: () => up.map(seen.place), values: () => up.map((value) => significant(value)) },
      ],
      series: [{}, line("gold", []), line("blue", [7, 5])],
    }, [curve.x.map(placeOf), ...SIDES.map((side) => curve[side].map(bounded))], frame);
  }

  const placeOf = (x) => (x - curve.from) / (curve.to - curve.from);
  const bounded = (value) => (value === null ? null : Math.min(1 + BEYOND, Math.max(-BEYOND, seen.place(value))));
  const line = (tone, dash) => ({
    stroke: colour(tone),
    width: curve.whole ? 0 : 2.5,
    dash,
    spanGaps: false,
    points: { show: curve.whole, size: dash.length > 0 ? 5 : 9, fill: colour(tone) },
  });

  const at = (i) => `${curve.variable} = ${significant(curve.x[i])}: left ${valued(curve.left[i])}, right ${valued(curve.right[i])}`;

  function hovered(i) {
    if (Number.isInteger(i) && i < curve.x.length) {
      slider.value = String(i);
      say(i);
    }
  }

  function point(i) {
    say(i);
    plot?.setCursor({ left: plot.valToPos(placeOf(curve.x[i]), "x"), top: 0 }, false);
  }

  function say(i) {
    said.textContent = at(i);
    slider.setAttribute("aria-valuetext", said.textContent);
  }

  function tabulate() {
    if (!table.open || curve === null) {
      return;
    }
    const count = Math.min(TABLE_ROWS, curve.x.length);
    show(rows, Array.from({ length: count }, (_, row) => {
      const i = count === 1 ? 0 : Math.round((row * (curve.x.length - 1)) / (count - 1));
      return h("tr", {}, [significant(curve.x[i]), ...SIDES.map((side) => valued(curve[side][i]))].map((text) => h("td", { class: "numeric" }, text)));
    }));
  }

  function zoom(factor) {
    const middle = curve.from / 2 + curve.to / 2;
    const half = (curve.to / 2 - curve.from / 2) * factor;
    redraw(rounded(middle - half), rounded(middle + half));
  }

  async function redraw(first, last) {
    const of = curve;
    try {
      const drawn = await ask(first, last);
      if (curve === of) {
        update(drawn);
      }
    } catch (failure) {
      if (curve === of && failure.name !== "AbortError") {
        problem.textContent = failure.message;
        problem.hidden = false;
      }
    }
  }

  return { element, update };
}

const end = (id, name) => h("input", { id, name, type: "number", step: "any", required: true, class: "plot-end" });

const valued = (value) => (value === null ? "no value" : significant(value));

/** Without the digits that halving leaves over. */
const rounded = (value) => Number(value.toPrecision(12));
