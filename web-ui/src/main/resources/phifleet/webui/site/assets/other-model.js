// A model of images: one in, and the answer drawn by what it holds.

import { call } from "./api.js";
import { scored } from "./bars.js";
import { h, s, show } from "./dom.js";
import { DATA_SHOWN } from "./match-picture.js";
import { pictureField } from "./picture-field.js";
import { shortened } from "./shortened.js";
import { snippets } from "./snippets.js";

const MOST_LABELS = 20;

export function otherModel(kind) {
  let model = "";
  const picture = pictureField("image");
  const overlay = s("svg", { class: "boxes", "aria-hidden": "true" });
  const result = h("div", { class: "stack" });
  const element = h("div", { class: "stack" },
    h("section", { class: "card" },
      h("form", { class: "head-form", onsubmit: (event) => { event.preventDefault(); predict(); } },
        picture.element,
        h("div", { class: "row between wrap" },
          h("p", { class: "small" }, `A model of the kind ${kind}.`),
          h("button", { type: "submit", class: "primary" }, "Predict")))),
    result);
  picture.frame.append(overlay);
  picture.changed(() => show(overlay));

  async function predict() {
    const path = `predict/${encodeURIComponent(model)}`;
    try {
      const file = picture.file();
      if (!file) {
        throw new Error("Choose an image first.");
      }
      const response = await call(path, { method: "POST", headers: { "Content-Type": file.type }, body: file });
      draw(await response.json(), path, { image: DATA_SHOWN });
    } catch (failure) {
      show(result, h("p", { class: "notice bad", role: "alert" }, failure.message));
    }
  }

  function draw(answer, path, body) {
    boxes(answer.detections ?? []);
    show(result,
      answer.predictions && labels(answer.predictions),
      answer.detections && labels(answer.detections),
      h("section", { class: "card" }, h("h3", {}, "Answer"), h("pre", { class: "snippet", tabIndex: 0, role: "region", aria: { label: "Answer" } }, shortened(answer))),
      snippets(path, body));
  }

  /** Boxes are in pixels of the original image, which the picture's own size gives. */
  function boxes(detections) {
    overlay.setAttribute("viewBox", `0 0 ${picture.image.naturalWidth || 1} ${picture.image.naturalHeight || 1}`);
    show(overlay, detections.map(({ box: [x1, y1, x2, y2] }) => s("rect", { x: x1, y: y1, width: x2 - x1, height: y2 - y1 })));
  }

  return { element, use: (name) => (model = name) };
}

function labels(list) {
  return h("section", { class: "card" }, h("h3", {}, "Found"), list.length === 0 ? h("p", {}, "Nothing.") : scored(list.slice(0, MOST_LABELS)));
}
