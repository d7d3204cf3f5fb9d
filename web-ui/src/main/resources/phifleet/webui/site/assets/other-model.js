// A model of images: one in, and the answer drawn by what it holds.

import { call } from "./api.js";
import { scored } from "./bars.js";
import { detections } from "./detections.js";
import { announce, h, show } from "./dom.js";
import { pictureField } from "./picture-field.js";
import { shortened } from "./shortened.js";
import { snippets } from "./snippets.js";
import { timing } from "./timing.js";

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
  const button = element.querySelector("[type=submit]");
  let asked = 0;
  picture.changed(forget);

  /** What was said of another picture, or by another model, is nothing of this one. */
  function forget() {
    asked++;
    clearTimeout(waiting);
    found.clear();
    show(result);
  }

  async function predict(threshold) {
    const mine = ++asked;
    const path = `predict/${encodeURIComponent(model)}${threshold === undefined ? "" : `?threshold=${threshold}`}`;
    try {
      const file = picture.file();
      if (!file) {
        throw new Error("Choose an image first.");
      }
      button.disabled = threshold === undefined;
      const start = performance.now();
      const response = await call(path, { method: "POST", headers: { "Content-Type": file.type }, body: file });
      const answer = await response.json();
      const elapsed = performance.now() - start;
      if (mine === asked) {
        draw(answer, threshold, snippets(path, { file }), timing({ model: answer.model, responses: [response], answers: [answer], elapsed }));
        announce("The answer is there");
      }
    } catch (failure) {
      if (mine === asked) {
        show(result, h("p", { class: "notice bad", role: "alert" }, failure.message, failure.retryAfter && ` Worth trying again in ${failure.retryAfter} s.`));
      }
    } finally {
      button.disabled = false;
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
      times,
      h("section", { class: "card" }, h("h3", {}, "Answer"), h("pre", { class: "snippet", tabIndex: 0, role: "region", aria: { label: "Answer" } }, shortened(answer))),
      code);
  }

  return {
    element,
    use(name) {
      if (name !== model) {
        model = name;
        forget();
      }
    },
  };
}

function labels(list) {
  return h("section", { class: "card" }, h("h3", {}, "Found"), list.length === 0 ? h("p", {}, "Nothing.") : scored(list.slice(0, MOST_LABELS)));
}
