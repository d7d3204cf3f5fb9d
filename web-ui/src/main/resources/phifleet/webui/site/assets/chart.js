// A small chart of the last minutes.

import { announce, h } from "./dom.js";
import { clock, span } from "./format.js";
import { uPlot } from "./libraries.js";
import { colour } from "./theme.js";

const HEIGHT = 132;
const MINUTE = 60;
const HOUR = 3_600;

/** Of the axis of time, the first by which there is room for its labels; in seconds. */
const STEPS = [MINUTE, 2 * MINUTE, 10 * MINUTE, 20 * MINUTE, HOUR, 4 * HOUR, 8 * HOUR];

/** Round numbers of bytes. */
const POWERS = Array.from({ length: 50 }, (_, i) => 2 ** i);

/** A value between two gaps has no line to either side: a point shows it. */
const POINTS = { show: true, size: 4, filter: ({ data }, series) => lonely(data[series]) };

const isGap = (value) => value === null || value === undefined;

const lonely = (values) => [...values.keys()].filter((i) => !isGap(values[i]) && isGap(values[i - 1]) && isGap(values[i + 1]));

/** Room for half of the last label beyond the end of the axis, and for a whole one, in CSS pixels. */
const EDGE = 18;
const LABEL = 52;
const FONT = "11px system-ui, sans-serif";
const measure = document.createElement("canvas").getContext("2d");

/** The width of an axis whose labels none is cut of. */
export function widest(_, labels) {
  measure.font = FONT;
  return Math.ceil(Math.max(...(labels ?? [""]).map((label) => measure.measureText(label).width))) + 14;
}

/** How an axis looks in the theme of now. */
export const axis = () => ({
  stroke: colour("ink-soft"),
  grid: { stroke: colour("line"), width: 1 },
  ticks: { show: false },
  font: FONT,
});

/**
 * A figure with a title, the value now, and its history; `update` takes [seconds, values], the value's text, and how many seconds it
 * shows. With a tone for what is beside it, drawn dashed, `update` takes [seconds, values, those beside].
 */
export function historyChart(title, tone, format, { isBytes = false, beside = null } = {}) {
  const now = h("span", { class: "chart-now" }, "–");
  const frame = h("div", { class: "chart-frame", role: "img", tabIndex: 0, aria: { label: title, keyshortcuts: "ArrowLeft ArrowRight" }, onkeydown: step });
  // What stands under the pointer, or where arrows have gone; a screen reader has the label, and hears of the latter.
  const hover = h("span", { class: "chart-hover", aria: { hidden: "true" } });
  const element = h("figure", { class: "card chart" },
    h("figcaption", { class: "row between" }, h("span", { class: "chart-title" }, title), hover, now),
    frame);
  let plot = null;
  let latest = beside ? [[], [], []] : [[], []];
  let shown = 5 * MINUTE;

  async function draw() {
    const Plot = await uPlot();
    plot?.destroy();
    plot = new Plot({
      width: Math.max(frame.clientWidth, 120),
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      hooks: { setCursor: [(drawn) => (hover.textContent = under(drawn))] },
      padding: [8, EDGE, 0, 0],
      scales: {
        x: { time: true, range: () => [Date.now() / 1000 - shown, Date.now() / 1000] },
        y: { range: (_, __, most) => [0, Math.max(1, (most ?? 0) * 1.15)] },
      },
      axes: [
        { ...axis(), size: 24, splits: (drawn) => minutes(drawn), values: (_, ticks) => ticks.map(ago) },
        // Half of the first time's label stands below it.
        { ...axis(), size: (drawn, labels) => Math.max(LABEL / 2, widest(drawn, labels)), space: 32, ...(isBytes && { incrs: POWERS }), values: (_, ticks) => ticks.map(format) },
      ],
      series: [{}, { stroke: colour(tone), fill: colour(tone, 0.14), width: 2, points: POINTS, spanGaps: false },
        ...(beside ? [{ stroke: colour(beside), width: 2, dash: [6, 4], points: POINTS }] : [])],
    }, latest, frame);
  }

  /** Whole steps back from now, by the shortest that there is room for, or only the ends. */
  function minutes(drawn) {
    const room = (drawn.bbox.width || drawn.width) / devicePixelRatio / LABEL;
    const step = STEPS.find((each) => shown / each + 1 <= room) ?? shown;
    const now = Date.now() / 1000;
    return Array.from({ length: Math.floor(shown / step) + 1 }, (_, i) => now - i * step).reverse();
  }

  const ago = (seconds) => {
    const back = Math.round((Date.now() / 1000 - seconds) / MINUTE);
    return back === 0 ? "now" : shown > HOUR ? `−${Math.round(back / 60)} h` : `−${back} min`;
  };

  function under(drawn) {
    const at = drawn.cursor.idx;
    const value = at === null || at === undefined ? undefined : latest[1][at];
    return typeof value === "number" ? `${clock(new Date(latest[0][at] * 1000))} · ${format(value)}` : "";
  }

  /** Arrows go from value to value, from the latest back. */
  function step(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || !plot) {
      return;
    }
    event.preventDefault();
    const [times, values] = latest;
    let next = (plot.cursor.idx ?? values.length) + by;
    while (next > 0 && next < values.length - 1 && isGap(values[next])) {
      next += by;
    }
    if (!isGap(values[next])) {
      plot.setCursor({ left: plot.valToPos(times[next], "x"), top: 0 });
      announce(under(plot));
    }
  }

  new ResizeObserver(() => plot?.setSize({ width: Math.max(frame.clientWidth, 120), height: HEIGHT })).observe(frame);
  window.addEventListener("themechange", () => plot && draw());
  draw();

  return {
    element,
    update(data, text, seconds = 5 * MINUTE) {
      latest = data;
      shown = seconds;
      now.textContent = text;
      frame.setAttribute("aria-label", `${title}, the last ${span(seconds)}; now ${text}`);
      if (element.isConnected) {
        plot?.setData(data);
      }
    },
  };
}
