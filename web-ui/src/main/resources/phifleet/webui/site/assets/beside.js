// What a report is shown with beyond itself. It is asked for before the report is shown, so that nothing moves when it comes.

import { postJson } from "./api.js";
import { formulasIn } from "./formulas.js";
import { latexOf } from "./latex.js";
import { ready } from "./math.js";

/** Lines of a system that are typeset; more are in their plain form. */
const MOST_LINES = 60;

/** No report waits longer for its picture, or for what typesets. */
const PATIENCE_MS = 1_500;

/** Beyond so many symbols it is not asked whether just one of them is free: the others might be constants, such as e. */
const MOST_SYMBOLS = 3;
const MARGIN = 1.25;
const USUAL = 10;

/**
 * `curve` is both sides as numbers, or null where they are none of one symbol; `lines` the LaTeX of a system's equations; `formulas` what the
 * report's sentences have in plain text, each with its LaTeX.
 */
export async function beside(report, mode, options) {
  const [curve, { lines, formulas }] = await Promise.all([
    isOfOneSymbol(report, mode) ? curveOf(report, mode, ends(report.solutions), { ...options, timeout: PATIENCE_MS }).catch(() => null) : null,
    typesetting(report, options).catch(() => ({ lines: [], formulas: [] })),
    Promise.race([ready(), new Promise((late) => setTimeout(late, PATIENCE_MS))]),
  ]);
  return { curve, lines, formulas: [{ plain: report.normalized, latex: report.latex }, ...formulas] };
}

/** The curve of what was understood, not of what was typed; null where there is none. */
export async function curveOf(report, mode, range, options) {
  const curve = await postJson("validate/curve", {
    equation: report.latex,
    format: "latex",
    ...(mode === "golden" ? { mode } : {}),
    ...range,
  }, options);
  return curve.variable === null || curve.x.length < 2 ? null : curve;
}

function isOfOneSymbol({ latex, parts, terms }, mode) {
  const symbols = new Set((terms ?? []).flat()).size;
  return latex !== "" && parts.length === 0 && symbols > 0 && symbols <= MOST_SYMBOLS && mode !== "syntax" && mode !== "signature";
}

/** Solutions beyond what is usually shown are shown. */
function ends(solutions) {
  const far = Math.max(0, ...solutions.map(({ value }) => Math.abs(Number(value))).filter(Number.isFinite));
  return far * MARGIN > USUAL ? { from: -far * MARGIN, to: far * MARGIN } : {};
}

/** The LaTeX of a system's lines, of exact solutions and of the formulas in sentences, as the validator reads them and not as this page would guess. */
async function typesetting({ explanation, matched_law: law, parts, evidence, warnings, solutions }, options) {
  const shown = parts.slice(0, MOST_LINES);
  const texts = [explanation, law?.difference, ...evidence.map(({ detail }) => detail), ...shown.map((part) => part.explanation)];
  const named = [
    law?.formula,
    ...solutions.filter(({ exact }) => exact).map(({ value }) => value),
    ...texts.flatMap((text) => formulasIn(text ?? "")),
    ...warnings.flatMap(({ message }) => formulasIn(message, true)),
  ];
  const formulas = [...new Set(named.filter(Boolean))].slice(0, MOST_LINES);
  const latex = await latexOf([...shown.map(({ normalized }) => normalized), ...formulas], options);
  return {
    lines: latex.slice(0, shown.length),
    formulas: formulas.map((plain, i) => ({ plain, latex: latex[shown.length + i] })),
  };
}
