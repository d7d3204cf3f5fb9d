// JSON as a person looks through it.

import { number } from "./format.js";

const MOST_NUMBERS = 12;
const SHOWN = 6;

/** Indented; long lists of numbers by their beginning and their length. */
export function shortened(value) {
  const cut = (_, each) => Array.isArray(each) && each.length > MOST_NUMBERS && typeof each[0] === "number"
    ? `[${each.slice(0, SHOWN).map((one) => number(one, 3)).join(", ")}, … ${each.length} numbers]`
    : each;
  return JSON.stringify(value, cut, 2);
}
