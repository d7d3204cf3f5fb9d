// A query and texts; the texts in the order in which they answer it.

import { h } from "./dom.js";
import { bounded, field, headPanel, textLines } from "./head-panel.js";
import { scaleOf } from "./bars.js";
import { meter } from "./meter.js";

const MOST = 100;
const QUERY = "How many people live in the old town?";
const SAMPLE = [
  "The old town has about four thousand inhabitants.",
  "A good bread needs flour, water and salt.",
  "Most of the people of the island live near the water.",
  "Rain is expected in the evening.",
].join("\n");

export function rank() {
  const query = h("input", { id: "rank-query", value: QUERY, autocomplete: "off" });
  const texts = h("textarea", { id: "rank-texts", rows: 6, value: SAMPLE });
  return headPanel({
    fields: [field("Query", query), field("Texts, one a line", texts)],
    note: `Up to ${MOST} texts.`,
    action: "Rank",
    empty: "Rank the texts to see which answer the query.",
    ask: (model) => {
      if (query.value.trim() === "") {
        throw new Error("There is no query.");
      }
      return [{ path: "rerank", body: { query: query.value, texts: bounded(textLines(texts.value), MOST, "texts"), model } }];
    },
    draw: ([answer], [{ texts: given }]) => ranking(answer, given),
  });
}

function ranking(ranked, texts) {
  const scale = scaleOf(ranked.map(({ score }) => score));
  return h("section", { class: "card" },
    h("h3", {}, "In this order"),
    scale.note && h("p", { class: "small" }, scale.note),
    h("ol", { class: "plain ranks" }, ranked.map(({ index, score }, place) =>
      h("li", {},
        h("span", { class: "rank-place" }, `${place + 1}`),
        h("span", { class: "rank-text" }, texts[index]),
        meter(scale.part(score), { look: place === 0 ? "golden" : "" }),
        h("span", { class: "numeric" }, scale.text(score))))));
}
