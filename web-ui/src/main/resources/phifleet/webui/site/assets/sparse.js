// A text as weights of the vocabulary's terms.

import { h } from "./dom.js";
import { field, headPanel } from "./head-panel.js";
import { meter } from "./meter.js";
import { number } from "./format.js";

const MOST = 40;
const SAMPLE = "What a wonderful concert, we laughed and danced until midnight.";

export function sparse() {
  const text = h("textarea", { id: "sparse-text", rows: 3, value: SAMPLE });
  const role = h("select", { id: "sparse-role" }, ["document", "query"].map((name) => h("option", { value: name }, name)));
  return headPanel({
    fields: [field("Text", text), field("Read as a", role)],
    note: `The ${MOST} heaviest terms.`,
    action: "Weigh",
    empty: "Weigh the text to see its terms.",
    ask: (model) => {
      if (text.value.trim() === "") {
        throw new Error("There is no text.");
      }
      return [{ path: "embed_sparse", body: { inputs: [text.value], model, input_type: role.value, return_tokens: true, top_k: MOST } }];
    },
    draw: ([[terms]]) => drawn([...terms].sort((a, b) => b.value - a.value)),
  });
}

function drawn(terms) {
  const heaviest = terms[0]?.value ?? 1;
  return h("section", { class: "card" },
    h("h3", {}, "Terms"),
    terms.length === 0
      ? h("p", {}, "None has a weight.")
      : [
        h("p", { class: "small" }, `${terms.length} terms; a bar as long as the row is the heaviest, ${number(heaviest, 3)}.`),
        h("ol", { class: "plain bars terms" }, terms.map(({ token, index, value }) =>
          h("li", {}, h("span", { class: "term", title: `id ${index}` }, token.trim() === "" ? `#${index}` : token), meter(value / heaviest, { look: "golden" }), h("span", { class: "numeric" }, value.toFixed(3))))),
      ]);
}
