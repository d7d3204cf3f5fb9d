// The shape of an equation as the small graph that it is: symbols are points, a term with one symbol is a ring, with two a line,
// with more a patch over its points.

import { h, s } from "./dom.js";
import { symbolLatex, typeset } from "./math.js";

/** More points than this are no picture any more. */
const MOST_POINTS = 24;
const WIDTH = 360;
const HEIGHT = 240;
const MARGIN = 44;
const STEPS = 400;

/** The picture with its caption; null where there is nothing to draw. */
export function topology(terms) {
  const drawn = terms.filter((term) => term.length > 0);
  const symbols = [...new Set(drawn.flat())];
  if (symbols.length === 0 || symbols.length > MOST_POINTS) {
    return null;
  }
  const places = arranged(symbols, drawn);
  const at = (name) => places.get(name);
  const patches = distinct(drawn).map((term, index) => patch(term.map(at), index % 5));
  const points = symbols.map((name) => s("circle", { cx: at(name).x, cy: at(name).y, r: 4.5, class: "topology-point" }));
  const words = drawn.map((term) => `{${term.join(", ")}}`).join(" ");
  const picture = s("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: "topology",
    role: "img",
    "aria-label": `Terms and their symbols: ${words}`,
  }, patches, points);
  return h("div", { class: "topology-frame" }, picture, symbols.map((name) => label(name, at(name))));
}

function label(name, { x, y }) {
  const made = h("span", { class: "topology-label", aria: { hidden: "true" } });
  made.style.left = `${(x / WIDTH) * 100}%`;
  made.style.top = `${(y / HEIGHT) * 100}%`;
  typeset(made, symbolLatex(name), name);
  return made;
}

const distinct = (terms) => [...new Map(terms.map((term) => [term.join("\u0000"), term])).values()];

function patch(points, tone) {
  const shape = { class: `topology-term tone-${tone}` };
  if (points.length === 1) {
    return s("circle", { ...shape, cx: points[0].x, cy: points[0].y, r: 15 });
  }
  const outline = hull(points);
  const path = `M${outline.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
  return s("path", { ...shape, d: path, "data-size": points.length });
}

/** The convex hull, by Andrew's monotone chain. */
function hull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (list) => {
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) {
        chain.pop();
      }
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  const outline = [...half(sorted), ...half(sorted.reverse())];
  return outline.length > 1 ? outline : points;
}

const turn = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

/** Symbols of one term draw together, all push apart; the same equation always looks the same. */
function arranged(symbols, terms) {
  const points = symbols.map((name, index) => {
    const angle = (2 * Math.PI * index) / symbols.length - Math.PI / 2;
    return { name, x: Math.cos(angle) * (1 + 0.01 * index), y: Math.sin(angle) };
  });
  const index = new Map(symbols.map((name, i) => [name, i]));
  const together = symbols.map(() => new Set());
  for (const term of terms) {
    for (const a of term) {
      term.filter((b) => b !== a).forEach((b) => together[index.get(a)].add(index.get(b)));
    }
  }
  for (let step = 0; step < STEPS; step++) {
    const heat = 0.08 * (1 - step / STEPS);
    const moves = points.map((p, i) => {
      let dx = -0.06 * p.x;
      let dy = -0.06 * p.y;
      points.forEach((q, j) => {
        if (i === j) {
          return;
        }
        const x = p.x - q.x;
        const y = p.y - q.y;
        const distance = Math.hypot(x, y) + 1e-3;
        const push = 0.35 / (distance * distance) - (together[i].has(j) ? 0.9 * (distance - 0.7) : 0);
        dx += (x / distance) * push;
        dy += (y / distance) * push;
      });
      const length = Math.hypot(dx, dy) || 1;
      const stride = Math.min(length, 1) * heat;
      return { dx: (dx / length) * stride, dy: (dy / length) * stride };
    });
    points.forEach((p, i) => {
      p.x += moves[i].dx;
      p.y += moves[i].dy;
    });
  }
  return fitted(points);
}

/** Scaled into the picture, evenly, and never so large that two points fill it. */
function fitted(points) {
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(
    (WIDTH - 2 * MARGIN) / Math.max(right - left, 0.1),
    (HEIGHT - 2 * MARGIN) / Math.max(bottom - top, 0.1),
    130);
  return new Map(points.map((p) => [p.name, {
    x: WIDTH / 2 + (p.x - (left + right) / 2) * scale,
    y: HEIGHT / 2 + (p.y - (top + bottom) / 2) * scale,
  }]));
}
