// A model of images: one in, and the answer drawn by what it holds.

import { call } from "./api.js";
import { scored } from "./bars.js";
import { detections } from "./detections.js";
import { h, show } from "./dom.js";
import { pictureField } from "./picture-field.js";
import { shortened } from "./shortened.js";
import { snippets } from "./snippets.js";

const MOST_LABELS = 20;

/** How long a slider rests before it is asked for more, in ms. */
const PAUSE = 250;

export function otherModel(kind) {
  let model = "";
  const picture = pictureField("image");
  const found = detections(picture, (score) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => predict(score), PAUSE);
  });
  let waiting = 0;
  const result = h("div", { class: "stack" });
  const element = h("div", { class: "stack" },
    h("section", { class: "card" },
      h("form", { class: "head-form", onsubmit: (event) => { event.preventDefault(); predict(); } },
        picture.element,
        h("div", { class: "row between wrap" },
          h("p", { class: "small" }, `A model of the kind ${kind}.`),
          h("button", { type: "submit", class: "primary" }, "Predict")))),
    found.element,
    result);
  picture.changed(found.clear);

  async function predict(threshold) {
    const path = `predict/${encodeURIComponent(model)}${threshold === undefined ? "" : `?threshold=${threshold}`}`;
    try {
      const file = picture.file();
      if (!file) {
        throw new Error("Choose an image first.");
      }
      const start = performance.now();
      const response = await call(path, { method: "POST", headers: { "Content-Type": file.type }, body: file });
      const answer = await response.json();
      draw(answer, threshold, snippets(path, { file }), took(performance.now() - start, answer, response.headers));
    } catch (failure) {
      show(result, h("p", { class: "notice bad", role: "alert" }, failure.message));
    }
  }

  function draw(answer, threshold, code, times) {
    if (answer.detections) {
      found.draw(answer.detections, threshold);
    } else {
      found.clear();
    }
    show(result,
      answer.predictions && labels(answer.predictions),
      h("p", { class: "small times" }, times),
      h("section", { class: "card" }, h("h3", {}, "Answer"), h("pre", { class: "snippet", tabIndex: 0, role: "region", aria: { label: "Answer" } }, shortened(answer))),
      code);
  }

  return { element, use: (name) => (model = name) };
}

/** Where the time of an answer went, as far as it is told. */
function took(whole, { processing_time_ms: served }, headers) {
  const device = Number(headers.get("X-Device-Ms"));
  return [
    `Answered in ${whole.toFixed(0)} ms`,
    served !== undefined && `${served.toFixed(1)} ms of it at the worker`,
    device > 0 && `${device.toFixed(1)} ms on its device`,
  ].filter(Boolean).join(", ") + ".";
}

function labels(list) {
  return h("section", { class: "card" }, h("h3", {}, "Found"), list.length === 0 ? h("p", {}, "Nothing.") : scored(list.slice(0, MOST_LABELS)));
}
