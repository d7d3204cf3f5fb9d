// A course without axes, beside a number.

import { s } from "./dom.js";

const WIDTH = 100;
const HEIGHT = 24;

/** A line over values of which null is a gap; null where there is nothing to draw. `label` is what is read aloud. */
export function sparkline(values, label) {
  const path = values ? drawn(values) : "";
  return path && s("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: "none",
    class: "sparkline",
    role: "img",
    "aria-label": label,
  }, s("path", { d: path }));
}

function drawn(values) {
  const most = Math.max(...values.map((value) => value ?? 0), 1e-9);
  const x = (i) => ((i / Math.max(1, values.length - 1)) * WIDTH).toFixed(1);
  const y = (value) => (HEIGHT - 1 - (value / most) * (HEIGHT - 3)).toFixed(1);
  let pen = "M";
  let path = "";
  values.forEach((value, i) => {
    if (value === null) {
      pen = "M";
    } else {
      path += `${pen}${x(i)} ${y(value)}`;
      // A point between two gaps is a line of no length, which round ends show.
      if (pen === "M" && (values[i + 1] ?? null) === null) {
        path += `L${x(i)} ${y(value)}`;
      }
      pen = "L";
    }
  });
  return path;
}
