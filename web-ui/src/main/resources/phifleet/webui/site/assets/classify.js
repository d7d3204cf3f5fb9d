// Texts by the model's labels, or by labels of one's own where the model tells what follows from what.

import { h } from "./dom.js";
import { bounded, field, headPanel, labelsOf, textLines } from "./head-panel.js";
import { scaleOf, scored } from "./bars.js";

const MOST = 12;
const MOST_LABELS = 20;
const SAMPLE = "What a wonderful concert, we laughed and danced until midnight.\nThe train was late again and nobody said why.";

export function classify() {
  const texts = h("textarea", { id: "classify-texts", rows: 4, value: SAMPLE });
  const labels = h("input", { id: "classify-labels", placeholder: "none: the model's own", autocomplete: "off" });
  const several = h("input", { type: "checkbox", id: "classify-several" });
  return headPanel({
    fields: [
      field("Texts, one a line", texts),
      field("Labels of your own, with commas between them, for a model of entailment (NLI)", labels),
      h("label", { class: "check", htmlFor: "classify-several" }, several, "Several of them may be true"),
    ],
    note: `Up to ${MOST} texts.`,
    action: "Classify",
    empty: "Classify the texts to see their labels.",
    ask: (model) => {
      const own = labelsOf(labels.value);
      const body = { texts: bounded(textLines(texts.value), MOST, "texts"), model };
      return [{
        path: "classify",
        body: own.length > 0 ? { ...body, labels: own, ...(several.checked ? { multi_label: true } : {}) } : { ...body, top_k: MOST_LABELS },
      }];
    },
    draw: ([{ predictions }], [{ texts: given }]) => drawn(predictions, given),
  });
}

/** A score is a share, but of a model of regression any number. */
function drawn(predictions, texts) {
  const scale = scaleOf(predictions.flat().map(({ score }) => score));
  return predictions.map((found, i) =>
    h("section", { class: "card" },
      h("h3", { class: "quoted" }, texts[i]),
      scale.note && h("p", { class: "small" }, scale.note),
      scored(found, scale)));
}
