// One judgement, from the verdict down to what it rests on.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { millis, number, percent } from "./format.js";
import { typesetProse } from "./formulas.js";
import { maths, symbol, typeset } from "./math.js";
import { meter } from "./meter.js";
import { topology } from "./topology.js";
import { verdictMark } from "./verdict-mark.js";
import { kindOfJudgement, sign, verdict } from "./verdicts.js";

const EVIDENCE = {
  parsed: "Read",
  dimensions: "Dimensions",
  normal_form: "Normal form",
  numeric: "Random points",
  law: "Known laws",
  solved: "Solved",
  reaction: "Atoms counted",
  phi: "Golden ratio",
  budget: "Time spent",
  count: "Signs counted",
  calibration: "Confidence from",
};

/** Equations of a system that are shown, each with its verdict. */
const MOST_LINES = 200;

/**
 * The whole report as cards; `symbols` is the table of symbols, made by the page that lets units be set in it, `plot` its picture of both
 * sides, or null, `lines` the LaTeX of the equations of a system, and `formulas` that of those which its sentences have in plain text.
 */
export function reportView(report, { symbols, plot, lines, formulas }) {
  const line = decisive(report);
  return [
    headline(report, line, formulas),
    parts(report.parts, lines, formulas),
    h("div", { class: "report-columns" },
      h("div", { class: "stack" },
        plot,
        counterexample(report.counterexample),
        matchedLaw(report.matched_law, line, formulas),
        solutions(report.solutions, formulas),
        symbols,
        warnings(report.warnings, formulas)),
      h("div", { class: "stack" }, shape(report), coherence(report.phi_coherence), evidence(report, formulas))),
  ];
}

/**
 * Of a system, which is as good as its worst line, the number of that line; 0 where all are alike, and nothing where it is judged as a whole,
 * or is no system.
 */
function decisive({ parts: list, explanation, verdict: whole }) {
  if (list.length < 2 || !list.some((part) => part.explanation === explanation)) {
    return undefined;
  }
  return list.every((part) => part.verdict === whole) ? 0 : list.findIndex((part) => part.explanation === explanation) + 1;
}

function headline(report, line, formulas) {
  const { title, tone } = verdict(report.verdict);
  const explained = typesetProse(report.explanation, formulas);
  const said = line === 0 ? `Each of the ${number(report.parts.length)} lines is judged so by itself.` : line > 0 ? [`Line ${number(line)} of ${number(report.parts.length)}: `, explained] : explained;
  return h("section", { class: "card verdict", data: { tone }, aria: { labelledby: "verdict" } },
    h("span", { class: "verdict-sign" }, icon(sign(tone))),
    h("div", { class: "verdict-text" },
      h("h2", { id: "verdict" }, title),
      h("p", { class: "lead" }, said)),
    h("div", { class: "verdict-sure" },
      h("span", { class: "figure" }, percent(report.confidence, report.confidence > 0.99 && report.confidence < 1 ? 1 : 0)),
      h("span", { class: "small" }, "sure of this verdict"),
      meter(report.confidence, { label: `Confidence ${percent(report.confidence)}` }),
      h("span", { class: "small" }, `judged in ${millis(report.processing_time_ms)}`)));
}

function counterexample(point) {
  if (!point) {
    return null;
  }
  return card("Counter-example",
    h("p", {}, "With ", Object.entries(point.values).map(([name, value], i) => [i > 0 && ", ", symbol(name), " = ", h("code", {}, value)]),
      " the sides differ:"),
    h("dl", { class: "pairs" },
      h("dt", {}, "left"), h("dd", {}, h("code", {}, point.left)),
      h("dt", {}, "right"), h("dd", {}, h("code", {}, point.right)),
      h("dt", {}, "difference"), h("dd", {}, h("code", {}, point.difference))),
    h("p", { class: "small" }, `Calculated again with ${point.digits} digits.`));
}

/** Where lines are alike, each has its own beside it. */
function matchedLaw(law, line, formulas) {
  if (!law || line === 0) {
    return null;
  }
  const formula = h("div", { class: "law-formula" }, law.formula);
  const latex = formulas.find(({ plain }) => plain === law.formula)?.latex;
  if (latex) {
    typeset(formula, latex, law.formula, true);
  }
  const renamed = Object.entries(law.symbols).filter(([here, there]) => here !== there);
  return card(law.difference ? "The law that it is near" : "The law",
    h("p", { class: "law-name" }, law.name),
    formula,
    law.difference && h("p", {}, typesetProse(law.difference, formulas)),
    renamed.length > 0 && h("p", { class: "small" }, "There ",
      renamed.map(([here, there], i) => [i > 0 && ", ", symbol(here), " is called ", symbol(there)]), "."));
}

function solutions(found, formulas) {
  if (found.length === 0) {
    return null;
  }
  const latexOf = ({ exact, value }) => exact && formulas.find(({ plain }) => plain === value)?.latex;
  return card("Solutions", h("ul", { class: "solutions" }, found.map((one) =>
    h("li", {}, symbol(one.variable), one.exact ? " = " : " ≈ ", latexOf(one) ? maths(latexOf(one), one.value) : h("code", {}, one.value)))));
}

/** The equations of a system, each beside its own verdict. */
function parts(list, lines, formulas) {
  if (list.length === 0) {
    return null;
  }
  return card("Line by line",
    h("ol", { class: "plain system" }, list.slice(0, MOST_LINES).map((part, i) => {
      const { title, tone } = verdict(part.verdict);
      return h("li", {},
        verdictMark(tone),
        h("div", { class: "system-line", tabIndex: 0, role: "group", aria: { label: part.normalized } }, lines[i] ? maths(lines[i], part.normalized) : h("code", {}, part.normalized)),
        h("div", {}, h("p", {}, h("strong", {}, title), h("span", { class: "small" }, ` · ${percent(part.confidence)} sure`)), h("p", { class: "small" }, typesetProse(part.explanation, [...formulas, { plain: part.normalized, latex: lines[i] }]))));
    })),
    list.length > MOST_LINES && h("p", { class: "small" }, `and ${number(list.length - MOST_LINES)} more, which the answer has.`));
}

function warnings(list, formulas) {
  if (list.length === 0) {
    return null;
  }
  return card("Read by convention", h("ul", { class: "plain" }, list.map((one) => h("li", {}, typesetProse(one.message, formulas, true)))));
}

function shape(report) {
  const [b0, b1, b2] = report.betti;
  const picture = topology(report.terms ?? []);
  const figures = [["b₀", b0, "groups"], ["b₁", b1, "cycles"], ["b₂", b2, "shells"], ["χ", report.chi, "Euler"], ["loops", report.loops, ""]];
  return card("Shape",
    picture ?? h("p", { class: "small" }, (report.terms ?? []).flat().length > 0
      ? "Too many symbols to draw."
      : "There are no terms with symbols to draw."),
    h("dl", { class: "figures" }, figures.map(([name, value, about]) =>
      h("div", {}, h("dt", {}, name), h("dd", {}, number(value), about && h("span", { class: "small" }, ` ${about}`))))),
    report.betti_higher.length > 0 && h("p", { class: "small" }, `Higher Betti numbers: ${report.betti_higher.join(", ")}`));
}

function coherence(value) {
  return card("φ-coherence",
    h("p", { class: "coherence" }, h("span", { class: "figure" }, number(value, 2)),
      meter(value, { label: `φ-coherence ${number(value, 2)} of 1`, look: "golden" })),
    h("p", { class: "small" }, value > 0
      ? "How far its numbers lie in the golden field. It never decides a verdict."
      : "None of its numbers lies in the golden field. It never decides a verdict."));
}

function evidence(report, formulas) {
  return card("Evidence",
    h("ol", { class: "evidence" }, report.evidence.map((one) =>
      h("li", {}, h("span", { class: "evidence-kind" }, EVIDENCE[one.kind] ?? one.kind), h("span", {}, one.kind === "calibration" ? kindOfJudgement(one.detail) : typesetProse(one.detail, formulas))))));
}

export const card = (title, ...content) => h("section", { class: "card" }, h("h3", {}, title), ...content);
