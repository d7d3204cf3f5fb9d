// Prose in which formulas, symbols and units stand in plain text: they are typeset.

import { h } from "./dom.js";
import { GREEK, maths, symbolLatex, unitLatex } from "./math.js";

const NAME = String.raw`\p{L}[\p{L}\d]*(?:_(?:\{[^}]*\}|[\p{L}\d_]+))?'*`;
const NAMES = `${NAME}(?:, ${NAME})*`;

/** What the validator quotes: a formula as it was understood or, in a warning, what was typed. */
const QUOTED = [/“([^”]+)”/gdu];

/** Other turns of the validator's by which it names formulas. */
const FORMULAS = [
  /expected (.+?), found (.+?)(?:\.(?=\s|$)|$)/gdu,
  /(?:law, |equals )[^:]+: (.+?)(?:\.(?=\s|$)|$)/gdu,
  / is meant, (.+?); it has (\S+), not (\S+?)(?:\.(?=\s|$)|$)/gdu,
  / has (\S+), not (\S+)$/gdu,
  /values that satisfy (.+?)\.(?=\s|$)/gdu,
  /, which fits: (.+?)\.(?=\s|$)/gdu,
  /(?:multiples of|times) (\S+?)(?:[,;.]|$)/gdu,
  /^(.+) scores /gdu,
];

/** Those by which it names several, with commas between. */
const LISTS = [
  /(?:only|equal) where (.+?)(?= \(there |, as \d|, and not )/gdu,
  /(?:fail|equal): at (.+?)(?= the left side )/gdu,
  /no other (.+?) does/gdu,
  /it holds for (.+?)(?=; )/gdu,
  /hold together for (.+?)(?=, as plain numbers)/gdu,
];

/** Those by which it names symbols. */
const SYMBOLS = [
  `(?:values of|points for|true where|Perhaps|said of|only where) (${NAMES})(?= for which| is | holds | real| and \\d+ more|[,;.](?:\\s|$)|$)`,
  `(?:written here with |(?<=written here with .*), )(${NAME}) for (${NAME})`,
].map((turn) => new RegExp(turn, "gdu"));

/** Those by which it names units. */
const UNITS = [
  /” (?:has the dimension|that) of (\S+?)(?=, | where )/gdu,
  / where (\S+) is needed/gdu,
  /The unit is read as (.+?)(?=; )/gdu,
];

/** Lists such as “E as energy in J, m as mass in kg”. A meaning may have commas of its own. */
const MEANINGS = [/what they usually (?:do: (.+?)(?=\. Dimensions )|mean: (.+)(?=; give units ))/gdu];
const NEXT_MEANING = new RegExp(`, (?=${NAME} (?:as|in) )`, "u");
const MEANING = new RegExp(`^(${NAME})(?: as .+)? in (.+?)(?: and \\d+ more)?$`, "du");

/** A symbol that is known by its looks, wherever it stands. */
const NAMED = [/(?<![^\s(“])([\p{L}\d_']{2,})(?=[\s,.;:)”]|$)/gdu];

/**
 * The parts of a text. `known` are formulas as `{plain, latex}`, of which the longest wins where two begin at one place; symbols and units
 * are known here. `isTyped` is whether what it quotes is what a person typed, which is shown as that.
 */
export function typesetProse(text, known, isTyped = false) {
  const formulas = new Map(known.filter(({ plain, latex }) => plain && latex).map(({ plain, latex }) => [plain, latex]));
  const drawn = {
    typed: (plain) => h("code", {}, plain),
    formula: (plain) => maths(formulas.get(plain), plain),
    symbol: (plain) => maths(symbolLatex(plain), plain),
    unit: (plain) => maths(unitLatex(plain), plain),
  };
  // A letter alone may be a word: it is one where a turn tells.
  const longest = [...formulas.keys()].filter((plain) => plain.length > 1).sort((a, b) => b.length - a.length);
  const places = apart([
    ...(isTyped ? found(text, QUOTED) : []).map((spot) => ({ kind: "typed", ...spot })),
    ...longest.flatMap((plain) => standsAt(text, plain).map((at) => ({ kind: "formula", at, plain }))),
    ...spotsIn(text, isTyped).filter(({ kind, plain }) => kind !== "formula" || formulas.has(plain)),
  ]).sort((a, b) => a.at - b.at);
  const begins = [0, ...places.map(({ at, plain }) => at + plain.length)];
  return [...places.flatMap(({ kind, at, plain }, i) => [text.slice(begins[i], at), drawn[kind](plain)]), text.slice(begins.at(-1))];
}

/** The formulas that a sentence of the validator's names, in plain text; their LaTeX is the validator's to say. */
export const formulasIn = (text, isTyped = false) =>
  spotsIn(text, isTyped).filter(({ kind }) => kind === "formula").map(({ plain }) => plain);

/** What stands where, and of which kind, in the order in which turns are trusted. */
function spotsIn(text, isTyped) {
  const of = (kind, spots, fits = () => true) => spots.filter(({ plain }) => fits(plain)).map((spot) => ({ kind, ...spot }));
  return apart([
    ...of("formula", found(text, isTyped ? FORMULAS : [...QUOTED, ...FORMULAS]), isFormula),
    ...of("formula", found(text, LISTS).flatMap((list) => split(list, /, /)), isFormula),
    ...found(text, MEANINGS).flatMap((list) => split(list, NEXT_MEANING)).flatMap(meaning),
    ...of("unit", found(text, UNITS), isUnit),
    ...of("symbol", found(text, SYMBOLS).flatMap((list) => split(list, /, /)), isSymbol),
    ...of("symbol", found(text, NAMED), isSymbol),
  ]);
}

/** Those of which none before lies on them. */
const apart = (spots) => spots.reduce((kept, spot) => {
  const isFree = kept.every((other) => spot.at >= other.at + other.plain.length || other.at >= spot.at + spot.plain.length);
  return isFree ? [...kept, spot] : kept;
}, []);

/** What the groups of turns match, and where. */
const found = (text, turns) => turns.flatMap((turn) => [...text.matchAll(turn)].flatMap((match) =>
  match.slice(1).map((plain, i) => ({ plain, at: match.indices[i + 1]?.[0] })).filter(({ plain }) => plain !== undefined)));

function split({ at, plain }, comma) {
  let begin = at;
  return plain.split(comma).map((part) => {
    const spot = { at: begin, plain: part };
    begin += part.length + ", ".length;
    return spot;
  });
}

function meaning({ at, plain }) {
  const match = MEANING.exec(plain);
  return match === null ? [] : [
    { kind: "symbol", at, plain: match[1] },
    { kind: "unit", at: at + match.indices[2][0], plain: match[2] },
  ].filter(({ kind, plain: text }) => kind === "symbol" || isUnit(text));
}

/** A letter, or what is made of several: a word in quotation marks is one, and a sign alone is none. */
const isFormula = (text) => /^\p{L}$/u.test(text) || (/[\p{L}\d]/u.test(text) && /[*^_=<>≤≥+/()-]/.test(text));

/** A letter, by itself or by its name, with or without an index. */
function isSymbol(text) {
  const head = /^[^_']*/.exec(text)[0];
  return /^\p{L}$/u.test(head) || GREEK.has(head);
}

const isUnit = (text) => !/^(?:vector|scalar|\?)$/.test(text);

/** Where a formula stands as a whole: not within a word or a longer formula. */
function standsAt(text, plain) {
  const places = [];
  for (let at = text.indexOf(plain); at >= 0; at = text.indexOf(plain, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + plain.length] ?? " ";
    const afterThat = text[at + plain.length + 1] ?? " ";
    if (/[\s("“]/.test(before) && (/[\s)"”;]/.test(after) || (/[.,:]/.test(after) && /\s/.test(afterThat)))) {
      places.push(at);
    }
  }
  return places;
}
