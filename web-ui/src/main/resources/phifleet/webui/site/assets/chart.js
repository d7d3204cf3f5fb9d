// A small chart of the last minutes.

import { h } from "./dom.js";
import { uPlot } from "./libraries.js";
import { HISTORY_SECONDS } from "./live.js";
import { colour } from "./theme.js";

const HEIGHT = 132;

/** A figure with a title, the value now, and its history; `update` takes [seconds, values] and the value's text. */
export function historyChart(title, tone, format) {
  const now = h("span", { class: "chart-now" }, "–");
  const frame = h("div", { class: "chart-frame", role: "img", aria: { label: title } });
  const element = h("figure", { class: "card chart" },
    h("figcaption", { class: "row between" }, h("span", { class: "chart-title" }, title), now),
    frame);
  let plot = null;
  let latest = [[], []];

  const axis = () => ({
    stroke: colour("ink-soft"),
    grid: { stroke: colour("line"), width: 1 },
    ticks: { show: false },
    font: "11px system-ui, sans-serif",
  });

  async function draw() {
    const Plot = await uPlot();
    plot?.destroy();
    plot = new Plot({
      width: Math.max(frame.clientWidth, 120),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: true, range: () => [Date.now() / 1000 - HISTORY_SECONDS, Date.now() / 1000] },
        y: { range: (_, __, most) => [0, Math.max(1, (most ?? 0) * 1.15)] },
      },
      axes: [
        { ...axis(), size: 24, space: 70, values: (_, ticks) => ticks.map(ago) },
        { ...axis(), size: 44, space: 32, values: (_, ticks) => ticks.map(format) },
      ],
      series: [{}, { stroke: colour(tone), fill: colour(tone, 0.14), width: 2, points: { show: false }, spanGaps: false }],
    }, latest, frame);
  }

  const ago = (seconds) => {
    const minutes = Math.round((Date.now() / 1000 - seconds) / 60);
    return minutes === 0 ? "now" : `−${minutes} min`;
  };

  new ResizeObserver(() => plot?.setSize({ width: Math.max(frame.clientWidth, 120), height: HEIGHT })).observe(frame);
  window.addEventListener("themechange", () => plot && draw());
  draw();

  return {
    element,
    update(data, text) {
      latest = data;
      now.textContent = text;
      frame.setAttribute("aria-label", `${title}, the last five minutes; now ${text}`);
      if (element.isConnected) {
        plot?.setData(data);
      }
    },
  };
}
