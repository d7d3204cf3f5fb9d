// Texts in; how alike they are, where they lie, and what the model made of them.

import { post, postJson } from "./api.js";
import { announce, h, s, show } from "./dom.js";
import { number } from "./format.js";
import { snippets } from "./snippets.js";
import { timing } from "./timing.js";
import { apart, cosines, map } from "./vectors.js";

/** More texts than this are no matrix that anybody reads. */
const MOST = 24;
const SAMPLE = [
  "A cat sleeps on the sofa.",
  "The kitten is napping on the couch.",
  "Stock markets fell sharply today.",
  "Shares dropped on Wall Street.",
  "How do I bake sourdough bread?",
  "A recipe for a crusty loaf.",
].join("\n");
const SIZE = 360;
const EDGE = 34;
const RADIUS = 13;

export function embeddings() {
  let model = "";
  const field = h("textarea", { id: "texts", rows: 7, value: SAMPLE, aria: { describedby: "texts-help" } });
  const button = h("button", { type: "submit", class: "primary" }, "Embed");
  const result = h("div", { class: "stack results", aria: { busy: "false" } },
    h("p", { class: "notice" }, "Embed the texts to see which are alike."));
  const element = h("div", { class: "stack" },
    h("section", { class: "card" },
      h("form", { onsubmit: (event) => { event.preventDefault(); embed(); } },
        h("label", { htmlFor: "texts", class: "field-label" }, "Texts, one a line"),
        field,
        h("div", { class: "row between wrap" },
          h("p", { id: "texts-help", class: "small" }, `Up to ${MOST} texts.`), button))),
    result);

  async function embed() {
    const texts = field.value.split(/\r?\n/).map((text) => text.trim()).filter(Boolean);
    if (texts.length === 0 || texts.length > MOST) {
      refuse(texts.length === 0 ? "There is no text." : `There are ${texts.length} texts, at most ${MOST} here. The API takes more.`);
      return;
    }
    button.disabled = true;
    result.setAttribute("aria-busy", "true");
    const body = { texts, model };
    try {
      const started = performance.now();
      const response = await post("embed", body);
      const answer = await response.json();
      const elapsed = performance.now() - started;
      const tokens = await postJson("tokenize", { inputs: texts, model }).catch(() => null);
      draw(texts, body, answer, tokens, { response, elapsed });
    } catch (failure) {
      refuse(failure.message, failure.retryAfter);
    } finally {
      button.disabled = false;
      result.setAttribute("aria-busy", "false");
    }
  }

  function refuse(message, retryAfter) {
    show(result, h("p", { class: "notice bad", role: "alert" }, message, retryAfter && ` Worth trying again in ${retryAfter} s.`));
  }

  function draw(texts, body, answer, tokens, { response, elapsed }) {
    const similar = cosines(answer.embeddings);
    show(result,
      timing({ model: body.model, responses: [response], answers: [answer], elapsed, more: [["dimensions", answer.dimension, number]] }),
      h("div", { class: "embedding-columns" }, matrix(texts, similar), plane(texts, similar)),
      tokens && tokenList(tokens),
      snippets("embed", { body }));
    announce(`${texts.length} texts embedded`);
  }

  return { element, use: (name) => (model = name) };
}

function matrix(texts, similar) {
  return h("section", { class: "card" },
    h("h3", {}, "How alike"),
    h("p", { class: "small" }, "Cosine of each pair; 1 is the same direction."),
    h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label: "Cosines of all pairs" } },
      h("table", { class: "matrix" },
        h("thead", {}, h("tr", {}, h("td", {}), texts.map((text, i) => h("th", { scope: "col", title: text }, `${i + 1}`)))),
        h("tbody", {}, similar.map((row, i) =>
          h("tr", {}, h("th", { scope: "row" }, h("span", { class: "index" }, `${i + 1}`), h("span", { class: "cut" }, texts[i])), row.map((value) => cell(value))))))));
}

/** Its shade says the value once more; ten steps, since a style sheet holds them. */
const cell = (value) =>
  h("td", { class: "numeric", data: { heat: String(Math.max(0, Math.min(9, Math.floor(value * 10)))) } }, value.toFixed(2));

function plane(texts, similar) {
  const { points, kept } = map(similar);
  const reach = Math.max(...points.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]), 1e-6);
  const at = (value) => SIZE / 2 + (value / reach) * (SIZE / 2 - EDGE);
  const places = apart(points.map(({ x, y }) => ({ x: at(x), y: at(-y) })), 2 * RADIUS);
  const inside = (value) => Math.min(SIZE - RADIUS, Math.max(RADIUS, value)).toFixed(1);
  const marks = places.map(({ x, y }, i) =>
    s("g", { transform: `translate(${inside(x)} ${inside(y)})` },
      s("title", {}, texts[i]),
      s("circle", { r: RADIUS, class: "map-point" }),
      s("text", { class: "map-number", "text-anchor": "middle", dy: "0.36em" }, `${i + 1}`)));
  return h("section", { class: "card" },
    h("h3", {}, "Where they lie"),
    h("p", { class: "small" }, `The plane that shows most: ${number(kept * 100)} % of the variance. Points that would hide each other are moved apart.`),
    s("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, class: "map", role: "img", "aria-label": "The texts as numbered points in the plane; near ones are alike" },
      s("path", { class: "map-axis", d: `M${SIZE / 2} 8V${SIZE - 8}M8 ${SIZE / 2}H${SIZE - 8}` }), marks));
}

function tokenList(tokens) {
  return h("section", { class: "card" },
    h("h3", {}, "Tokens"),
    h("ol", { class: "token-lines" }, tokens.map((line) =>
      h("li", {}, line.map((token) => h("span", { class: token.special ? "token special" : "token", title: `id ${token.id}` }, token.text))))));
}
