// One image of the index. The index keeps no pictures: those that this tab put in are shown, of others what was found in them, in its place.

import { h, s } from "./dom.js";
import { bytes } from "./format.js";
import { meter } from "./meter.js";

const MOST_CHIPS = 8;
const MOST_WRITTEN = 120;

/** `similar()` asks for what is like it, `label(name)` for images with a label too; `away` is called when it is shown no more. */
export function indexedImage(result, { file, similar, label }) {
  const name = result.id ?? result.image.slice(0, 16);
  const url = file ? URL.createObjectURL(file) : null;
  const found = [...new Set(result.detections.map((one) => one.label))];
  const notes = Object.entries(result.metadata).map(([key, value]) => `${key}: ${value}`);
  const written = (result.ocr ?? []).map((line) => line.text).join(" / ");
  const element = h("li", { class: "found-image", data: { image: result.image } },
    h("div", { class: "found-picture" }, url && h("img", { src: url, alt: name }), boxes(result, url === null)),
    h("p", { class: "found-name" }, name),
    h("p", { class: "small" }, `${result.width} × ${result.height}, ${bytes(result.bytes)}${result.match === "pixels" ? ", another file" : ""}`),
    result.score !== null && h("div", { class: "row" }, meter(result.score), h("span", { class: "numeric small" }, result.score.toFixed(3))),
    notes.length > 0 && h("p", { class: "small" }, notes.slice(0, MOST_CHIPS).join(" · ")),
    written !== "" && h("p", { class: "small" }, `“${written.length > MOST_WRITTEN ? `${written.slice(0, MOST_WRITTEN)}…` : written}”`),
    h("div", { class: "row wrap found-actions" },
      found.slice(0, MOST_CHIPS).map((each) => h("button", { type: "button", class: "chip-button", onclick: () => label(each), aria: { label: `Only with ${each}` } }, each)),
      h("button", { type: "button", class: "quiet", onclick: similar, aria: { label: `More like ${name}` } }, "More like this")));
  return {
    element,
    result,
    says: [name, ...found, ...notes, written].join("\n").toLowerCase(),
    away: () => url && URL.revokeObjectURL(url),
  };
}

/** What was found where, in the image's own pixels. */
function boxes({ width, height, detections }, alone) {
  return s("svg", { viewBox: `0 0 ${width} ${height}`, class: alone ? "found-boxes alone" : "found-boxes", role: "img",
    "aria-label": detections.length === 0 ? "Nothing was found in it" : `Found in it: ${detections.map((one) => `${one.label} ${one.score.toFixed(2)}`).join(", ")}` },
  detections.map(({ label, score, box: [x1, y1, x2, y2] }) =>
    s("rect", { x: x1, y: y1, width: x2 - x1, height: y2 - y1 }, s("title", {}, `${label} ${score.toFixed(2)}`))));
}
