// Tensors in by name, each a field with its declared type and shape; tensors out.

import { getJson } from "./api.js";
import { h, show } from "./dom.js";
import { headPanel } from "./head-panel.js";
import { shortened } from "./shortened.js";

/** Of a size that may be any. */
const USUAL_SIZE = 1;
/** More numbers than this are no example that anybody edits. */
const MOST_NUMBERS = 4096;

export function tensors() {
  const fields = h("div", { class: "stack" });
  let inputs = [];
  let asked = null;
  const panel = headPanel({
    fields,
    note: "Nested lists of JSON, of the shape that stands over each; -1 may be any size.",
    action: "Predict",
    empty: "Send tensors to see what the model makes of them.",
    ask: (model) => [{
      path: `predict/${encodeURIComponent(model)}`,
      body: { inputs: Object.fromEntries(inputs.map(({ name, field }) => [name, parsed(name, field.value)])) },
    }],
    draw: ([{ outputs }]) => Object.entries(outputs).map(([name, { shape, data }]) =>
      h("section", { class: "card" },
        h("h3", {}, `${name} `, h("span", { class: "small" }, `[${shape.join(", ")}]`)),
        h("pre", { class: "snippet", tabIndex: 0, role: "region", aria: { label: `Output ${name}` } }, shortened(data)))),
  });

  async function declare(model) {
    asked = model;
    try {
      const { inputs: declared } = await getJson(`v2/models/${encodeURIComponent(model)}`);
      if (asked === model) {
        inputs = declared.map(input);
        show(fields, inputs.map(({ element }) => element));
      }
    } catch (failure) {
      show(fields, h("p", { class: "notice bad", role: "alert" }, failure.message));
    }
  }

  return {
    element: panel.element,
    use(name) {
      panel.use(name);
      if (asked !== name) {
        declare(name);
      }
    },
  };
}

function input({ name, datatype, shape }, i) {
  const id = `tensor-${i}`;
  const field = h("textarea", { id, rows: 3, class: "code-field", spellcheck: false, value: JSON.stringify(example(datatype, shape.map(Number))) });
  return {
    name,
    field,
    element: h("div", { class: "head-field" },
      h("label", { htmlFor: id, class: "field-label" }, name, " ", h("span", { class: "small" }, `${datatype} [${shape.join(", ")}]`)), field),
  };
}

/** Something of a shape; empty where it would be too long to look at. */
function example(datatype, shape) {
  const sizes = shape.map((size) => (size < 0 ? USUAL_SIZE : size));
  const one = datatype === "BYTES" ? "a" : datatype === "BOOL" ? true : 0;
  return sizes.reduce((product, size) => product * size, 1) > MOST_NUMBERS
    ? []
    : sizes.reduceRight((inner, size) => Array.from({ length: size }, () => inner), one);
}

function parsed(name, text) {
  try {
    return JSON.parse(text);
  } catch (failure) {
    throw new Error(`${name} is no JSON: ${failure.message}`);
  }
}
