// What a detector found in a picture: boxes over it, and beside it a list that says the same. Either points at the other; labels are
// put out of sight one by one, and the least score is moved while the picture is looked at.

import { labelOf } from "./bars.js";
import { h, s, show } from "./dom.js";
import { percent } from "./format.js";
import { meter } from "./meter.js";

const STEP = 0.01;
const USUAL = 0.25;

/** `picture` is what pictureField gives; `lower(score)` hears that boxes of less than was asked for are wanted. */
export function detections(picture, lower) {
  const overlay = s("svg", { class: "boxes", "aria-hidden": "true" });
  const slider = h("input", { type: "range", id: "least-score", min: STEP, max: 1, step: STEP, oninput: moved });
  const shownScore = h("output", { htmlFor: "least-score", class: "numeric" });
  const chips = h("div", { class: "chips", role: "group", aria: { label: "Labels that are shown" } });
  const list = h("ul", { class: "plain bars found" });
  const element = h("section", { class: "card", hidden: true },
    h("h3", {}, "Found"),
    h("div", { class: "row wrap" }, h("label", { htmlFor: "least-score" }, "Least score"), slider, shownScore),
    chips, list);
  picture.frame.append(overlay);
  let all = [];
  let floor = USUAL;
  let hidden = new Set();

  function clear() {
    all = [];
    hidden = new Set();
    element.hidden = true;
    show(overlay);
  }

  /** The answer's boxes, in pixels of the original picture; `asked` is the score that was asked for, undefined for the model's usual one. */
  function draw(found, asked) {
    all = found;
    element.hidden = false;
    if (asked === undefined) {
      hidden = new Set();
      floor = found.length > 0 ? Math.floor(Math.min(...found.map(({ score }) => score)) / STEP) * STEP : USUAL;
      slider.value = floor;
    } else {
      floor = asked;
    }
    render();
  }

  function moved() {
    if (Number(slider.value) < floor - STEP / 2) {
      lower(Number(slider.value));
    }
    render();
  }

  function render() {
    const least = Number(slider.value);
    shownScore.textContent = percent(least, 0);
    const names = [...new Set(all.map(labelOf))].sort();
    const focused = chips.contains(document.activeElement) ? document.activeElement.dataset.label : null;
    show(chips, names.map((name) => h("button", {
      type: "button", class: "chip-button", data: { label: name }, aria: { pressed: String(!hidden.has(name)) }, onclick: () => toggle(name),
    }, `${name} ${all.filter((each) => labelOf(each) === name && each.score >= least).length}`)));
    chips.querySelectorAll("button").forEach((button) => button.dataset.label === focused && button.focus());
    const seen = all.filter((each) => each.score >= least && !hidden.has(labelOf(each)));
    const width = picture.image.naturalWidth || 1;
    overlay.setAttribute("viewBox", `0 0 ${width} ${picture.image.naturalHeight || 1}`);
    const pairs = seen.map((each) => pair(each, width / 32));
    show(overlay, pairs.map(({ box }) => box));
    show(list, pairs.length > 0 ? pairs.map(({ row }) => row) : h("li", {}, "Nothing of that score."));
  }

  function toggle(name) {
    if (!hidden.delete(name)) {
      hidden.add(name);
    }
    render();
  }

  return { element, draw, clear };
}

/** A box and its row: one lights the other up. */
function pair(found, size) {
  const [x1, y1, x2, y2] = found.box;
  const text = `${labelOf(found)} ${percent(found.score, 0)}`;
  const box = s("g", { class: "box" },
    s("rect", { x: x1, y: y1, width: x2 - x1, height: y2 - y1 }),
    s("text", { x: x1 + size / 4, y: Math.max(y1, 0) + size, "font-size": size }, text));
  const row = h("li", { tabIndex: 0 }, h("span", {}, labelOf(found)), meter(found.score), h("span", { class: "numeric" }, percent(found.score, 1)));
  const lit = (on) => () => [box, row].forEach((each) => each.classList.toggle("lit", on));
  for (const each of [box, row]) {
    each.addEventListener("mouseenter", lit(true));
    each.addEventListener("mouseleave", lit(false));
  }
  row.addEventListener("focus", lit(true));
  row.addEventListener("blur", lit(false));
  return { box, row };
}
