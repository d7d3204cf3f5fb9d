// A picture against labels: which of them says what is seen.

import { h } from "./dom.js";
import { bounded, field, headPanel, labelsOf } from "./head-panel.js";
import { base64, pictureField } from "./picture-field.js";
import { scored } from "./bars.js";

const MOST = 50;
const TEMPLATE = "This is a photo of {}.";

export function matchPicture() {
  const picture = pictureField("match-image");
  const labels = h("input", { id: "match-labels", value: "a red square, green stripes, a blue circle", autocomplete: "off" });
  const template = h("input", { id: "match-template", value: TEMPLATE, autocomplete: "off" });
  return headPanel({
    fields: [picture.element, field("Labels, with commas between them", labels), field("As a sentence, {} being the label", template)],
    note: `Up to ${MOST} labels.`,
    action: "Match",
    empty: "Match a picture with labels.",
    ask: async (model) => {
      if (!picture.file()) {
        throw new Error("Choose an image first.");
      }
      const body = { labels: bounded(labelsOf(labels.value), MOST, "labels"), hypothesis_template: template.value, model };
      return [{
        path: "classify",
        body: { image: await base64(picture.file()), ...body },
        shown: { image: picture.file(), ...body },
      }];
    },
    draw: ([{ predictions: [found] }]) => h("section", { class: "card" }, h("h3", {}, "What it shows"), scored(found)),
  });
}
