// A query's words against a passage's: each token of the query's counts by the one that is most like it.

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
    empty: "Compare the two to see which words meet.",
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
      { tokens: asked.vector_tokens[0], words: asked.vector_words[0], vectors: asked.multi_vector[0] },
      { tokens: answering.vector_tokens[0], words: answering.vector_words[0], vectors: answering.multi_vector[0] }),
  });
}

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** How many of the last tokens are the one that fills queries up. */
function filling(tokens) {
  const last = tokens.at(-1);
  const from = tokens.findLastIndex((token) => token !== last) + 1;
  return tokens.length - from > 1 ? tokens.length - from : 0;
}

/** Each token as a word of its own. */
const pieces = (tokens) => tokens.map((text, i) => ({ text, from: i, to: i + 1 }));

/** Of each row's tokens the best in each column, on average: 1 for tokens that all have their like. */
function meet(products, rows, columns) {
  return rows.map((row) => columns.map((column) => {
    const bests = products.slice(row.from, row.to).map((line) => Math.max(...line.slice(column.from, column.to)));
    return sum(bests) / bests.length;
  }));
}

function heatMap(query, passage) {
  const products = query.vectors.map((row) => passage.vectors.map((column) => dot(row, column)));
  const best = products.map((row) => Math.max(...row));
  const fill = filling(query.tokens);
  const own = query.tokens.length - fill;
  const isSplit = query.words.length + passage.words.length < query.tokens.length + passage.tokens.length;
  const frame = h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label: "How like the query's words are to the passage's" } });
  const all = h("input", { type: "checkbox", id: "maxsim-all", onchange: () => table() });
  const apart = h("input", { type: "checkbox", id: "maxsim-pieces", onchange: () => table() });

  function table() {
    const rows = (apart.checked ? pieces(query.tokens) : query.words).filter(({ from }) => all.checked || from < own);
    const columns = apart.checked ? pieces(passage.tokens) : passage.words;
    show(frame, h("table", { class: "matrix maxsim" },
      h("thead", {}, h("tr", {}, h("td", {}), columns.map(({ text }) => h("th", { scope: "col" }, h("span", {}, text))), h("th", { scope: "col" }, h("span", {}, "adds")))),
      h("tbody", {}, meet(products, rows, columns).map((row, i) => h("tr", {},
        h("th", { scope: "row" }, rows[i].text),
        row.map((value) => cell(value, value === Math.max(...row))),
        h("td", { class: "numeric best-of-row" }, sum(best.slice(rows[i].from, rows[i].to)).toFixed(2)))))));
  }

  table();
  return h("section", { class: "card" },
    h("h3", {}, "Which words meet"),
    h("p", {}, h("span", { class: "figure" }, number(sum(best), 3)), " is MaxSim: the sum of each query token's best",
      fill > 0 && `, ${number(sum(best.slice(own)), 3)} of it by the ${fill} tokens that fill the query up`, "."),
    h("p", { class: "small" }, "Rows are the query's words, columns the passage's. A cell is how like the passage's word is to the query's: of each of its tokens the best, on average. ",
      "The best of each row is framed; at its end is what the word adds to MaxSim."),
    isSplit && h("label", { class: "check", htmlFor: "maxsim-pieces" }, apart, "Show the tokens that words are made of"),
    fill > 0 && h("label", { class: "check", htmlFor: "maxsim-all" }, all, `Show those ${fill} rows`),
    frame);
}

const cell = (value, isBest) => h("td", {
  class: isBest ? "numeric best" : "numeric",
  data: { heat: String(Math.max(0, Math.min(STEPS - 1, Math.floor(value * STEPS)))) },
}, value.toFixed(2));
