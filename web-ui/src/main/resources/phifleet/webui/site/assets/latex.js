// How the validator typesets formulas, which this page does not guess.

import { postJson } from "./api.js";

/** The LaTeX of each, in their order; null of what it cannot read. One request for all. */
export async function latexOf(formulas, options) {
  const read = formulas.length === 0 ? [] : await postJson("validate/batch", { equations: formulas, mode: "syntax" }, options);
  return read.map(({ latex }) => latex ?? null);
}
