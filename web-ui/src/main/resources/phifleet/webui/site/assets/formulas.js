// Prose in which formulas stand in plain text: those that are known are typeset.

import { maths } from "./math.js";

/** The parts of a text; `known` are `{plain, latex}`, of which the longest wins where two begin at one place. */
export function typesetProse(text, known) {
  const formulas = known.filter(({ plain, latex }) => plain && latex).sort((a, b) => b.plain.length - a.plain.length);
  const parts = [];
  let from = 0;
  while (from < text.length) {
    const next = formulas
      .map((formula) => ({ ...formula, at: standsAt(text, formula.plain, from) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0];
    if (!next) {
      break;
    }
    parts.push(text.slice(from, next.at), maths(next.latex, next.plain));
    from = next.at + next.plain.length;
  }
  return [...parts, text.slice(from)];
}

/** Where the validator's sentences have formulas: in quotation marks, and in turns of its own. */
const TURNS = [
  /“([^”]+)”/g,
  /expected (.+?), found (.+?)(?:\.(?=\s|$)|$)/g,
  /(?:law, |equals )[^:]+: (.+?)(?:\.(?=\s|$)|$)/g,
  / is meant, (.+?); it has (\S+), not (\S+?)(?:\.(?=\s|$)|$)/g,
];

/** The formulas that a sentence of the validator's names. */
export const formulasIn = (text) =>
  TURNS.flatMap((turn) => [...text.matchAll(turn)].flatMap(([, ...formulas]) => formulas)).filter(isFormula);

/** A letter, or what is made of several: a word in quotation marks is one, and a sign alone is none. */
const isFormula = (text) => /^\p{L}$/u.test(text) || (/[\p{L}\d]/u.test(text) && /[*^_=+/()-]/.test(text));

/** Where a formula stands as a whole: not within a word or a longer formula. */
function standsAt(text, plain, from) {
  for (let at = text.indexOf(plain, from); at >= 0; at = text.indexOf(plain, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + plain.length] ?? " ";
    const afterThat = text[at + plain.length + 1] ?? " ";
    if (/[\s("“]/.test(before) && (/[\s)"”;]/.test(after) || (/[.,:]/.test(after) && /\s/.test(afterThat)))) {
      return at;
    }
  }
  return -1;
}
