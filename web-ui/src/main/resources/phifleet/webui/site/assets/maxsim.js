// A query's tokens against a passage's: each of the query's counts by the one that is most like it.

import { h, show } from "./dom.js";
import { field, headPanel } from "./head-panel.js";
import { number } from "./format.js";

const QUERY = "How many people live in the old town?";
const PASSAGE = "The old town has about four thousand inhabitants.";
const STEPS = 10;

export function maxSim() {
  const query = h("input", { id: "maxsim-query", value: QUERY, autocomplete: "off" });
  const passage = h("textarea", { id: "maxsim-passage", rows: 3, value: PASSAGE });
  const body = (text, model, role) => ({ texts: [text], model, outputs: ["multi_vector"], input_type: role, return_tokens: true });
  return headPanel({
    fields: [field("Query", query), field("Passage", passage)],
    note: "A vector for each token.",
    action: "Compare",
    empty: "Compare the two to see which tokens meet.",
    ask: (model) => {
      if (query.value.trim() === "" || passage.value.trim() === "") {
        throw new Error("A query and a passage are needed.");
      }
      return [
        { path: "embed", title: "The query in code", body: body(query.value, model, "query") },
        { path: "embed", title: "The passage in code", body: body(passage.value, model, "document") },
      ];
    },
    draw: ([asked, answering]) => heatMap(
      { tokens: asked.vector_tokens[0], vectors: asked.multi_vector[0] },
      { tokens: answering.vector_tokens[0], vectors: answering.multi_vector[0] }),
  });
}

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** How many of the last tokens are the one that fills queries up. */
function filling(tokens) {
  const last = tokens.at(-1);
  const from = tokens.findLastIndex((token) => token !== last) + 1;
  return tokens.length - from > 1 ? tokens.length - from : 0;
}

function heatMap(query, passage) {
  const products = query.vectors.map((row) => passage.vectors.map((column) => dot(row, column)));
  const best = products.map((row) => Math.max(...row));
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const fill = filling(query.tokens);
  const own = query.tokens.length - fill;
  const frame = h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label: "Dot products of the query's tokens with the passage's" } });
  const all = h("input", { type: "checkbox", id: "maxsim-all", onchange: () => table() });

  function table() {
    const rows = all.checked ? query.tokens.length : own;
    show(frame, h("table", { class: "matrix maxsim" },
      h("thead", {}, h("tr", {}, h("td", {}), passage.tokens.map((token) => h("th", { scope: "col" }, h("span", {}, token))), h("th", { scope: "col" }, h("span", {}, "best")))),
      h("tbody", {}, products.slice(0, rows).map((row, i) => h("tr", {},
        h("th", { scope: "row" }, query.tokens[i]),
        row.map((value) => cell(value, value === best[i])),
        h("td", { class: "numeric best-of-row" }, best[i].toFixed(2)))))));
  }

  table();
  return h("section", { class: "card" },
    h("h3", {}, "Which tokens meet"),
    h("p", {}, h("span", { class: "figure" }, number(sum(best), 3)), " is MaxSim: the sum of each query token's best",
      fill > 0 && `, ${number(sum(best.slice(own)), 3)} of it by the ${fill} tokens that fill the query up`, "."),
    h("p", { class: "small" }, "Rows are the query's tokens, columns the passage's. The best of each row is framed."),
    fill > 0 && h("label", { class: "check", htmlFor: "maxsim-all" }, all, `Show those ${fill} rows`),
    frame);
}

const cell = (value, isBest) => h("td", {
  class: isBest ? "numeric best" : "numeric",
  data: { heat: String(Math.max(0, Math.min(STEPS - 1, Math.floor(value * STEPS)))) },
}, value.toFixed(2));
