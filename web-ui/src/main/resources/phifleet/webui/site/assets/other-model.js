// A model that is no sentence encoder: an image or tensors in, and the answer drawn by what it holds.

import { call, postJson } from "./api.js";
import { h, s, show } from "./dom.js";
import { number, percent } from "./format.js";
import { meter } from "./meter.js";
import { snippets } from "./snippets.js";

/** What stands for the picture in the request shown, which its data would fill. */
const DATA_SHOWN = "<base64 of the image>";
const TENSORS = '{"inputs": {"input": [[0.1, 0.2, 0.3]]}}';

export function otherModel(kind) {
  let model = "";
  let picture = null;
  const preview = h("img", { class: "picture", alt: "The chosen image", hidden: true });
  const file = h("input", { type: "file", id: "image", accept: "image/jpeg,image/png", onchange: choose });
  const tensors = h("textarea", { id: "tensors", rows: 4, class: "code-field", spellcheck: false, value: TENSORS });
  const result = h("div", { class: "stack" });
  const wantsImage = !/tensor/.test(kind);
  const element = h("div", { class: "stack" },
    h("section", { class: "card" },
      h("form", { onsubmit: (event) => { event.preventDefault(); predict(); } },
        wantsImage
          ? [h("label", { htmlFor: "image", class: "field-label" }, "Image, JPEG or PNG"), file]
          : [h("label", { htmlFor: "tensors", class: "field-label" }, "Inputs as JSON"), tensors],
        h("div", { class: "row between wrap" },
          h("p", { class: "small" }, `A model of the kind ${kind}.`),
          h("button", { type: "submit", class: "primary" }, "Predict")))),
    result);

  function choose() {
    picture = file.files[0] ?? null;
    URL.revokeObjectURL(preview.src);
    preview.hidden = picture === null;
    if (picture) {
      preview.src = URL.createObjectURL(picture);
    }
  }

  async function predict() {
    const path = `predict/${encodeURIComponent(model)}`;
    try {
      if (wantsImage) {
        if (!picture) {
          throw new Error("Choose an image first.");
        }
        const response = await call(path, { method: "POST", headers: { "Content-Type": picture.type }, body: picture });
        draw(await response.json(), path, { image: DATA_SHOWN });
      } else {
        const body = JSON.parse(tensors.value);
        draw(await postJson(path, body), path, body);
      }
    } catch (failure) {
      show(result, h("p", { class: "notice bad", role: "alert" }, failure.message));
    }
  }

  function draw(answer, path, body) {
    show(result,
      answer.predictions && labels(answer.predictions),
      wantsImage && h("section", { class: "card" }, h("h3", {}, "Image"), h("div", { class: "picture-frame" }, preview, answer.detections && boxes(answer.detections))),
      answer.detections && labels(answer.detections),
      h("section", { class: "card" }, h("h3", {}, "Answer"), h("pre", { class: "snippet", tabIndex: 0, role: "region", aria: { label: "Answer" } }, shortened(answer))),
      snippets(path, body));
  }

  /** Boxes are in pixels of the original image, which the picture's own size gives. */
  function boxes(detections) {
    const overlay = s("svg", { class: "boxes", viewBox: `0 0 ${preview.naturalWidth || 1} ${preview.naturalHeight || 1}`, "aria-hidden": "true" });
    overlay.append(...detections.map(({ box: [x1, y1, x2, y2] }) => s("rect", { x: x1, y: y1, width: x2 - x1, height: y2 - y1 })));
    return overlay;
  }

  return { element, use: (name) => (model = name) };
}

function labels(list) {
  return h("section", { class: "card" }, h("h3", {}, "Found"),
    list.length === 0
      ? h("p", {}, "Nothing.")
      : h("ul", { class: "plain bars" }, list.slice(0, 20).map(({ label, index, score }) =>
        h("li", {}, h("span", {}, label ?? `class ${index}`), meter(score), h("span", { class: "numeric" }, percent(score, 1))))));
}

/** Long lists of numbers by their beginning and their length. */
function shortened(answer) {
  const cut = (value) => Array.isArray(value) && value.length > 12 && typeof value[0] === "number"
    ? `[${value.slice(0, 6).map((each) => number(each, 3)).join(", ")}, … ${value.length} numbers]`
    : value;
  return JSON.stringify(answer, (_, value) => cut(value), 2);
}
