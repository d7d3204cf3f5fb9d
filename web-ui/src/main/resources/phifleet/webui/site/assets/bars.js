// Things with a number each, as bars.

import { h } from "./dom.js";
import { number, percent } from "./format.js";
import { meter } from "./meter.js";

/** Where a model has no labels, its answers have the number of the class in their place. */
export const labelOf = ({ label, index }) => ((label ?? String(index)) === String(index) ? `class ${index}` : label);

/** Labels with their scores, in the order in which they came. */
export const scored = (list, scale = scaleOf(list.map(({ score }) => score))) =>
  h("ul", { class: "plain bars" }, list.map((one) =>
    h("li", {}, h("span", {}, labelOf(one)), meter(scale.part(one.score)), h("span", { class: "numeric" }, scale.text(one.score)))));

/** What a bar's whole length stands for where numbers are no shares: from 0, or below it, to the largest. */
export function scaleOf(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low + 1e-9);
  const isShare = low === 0 && high <= 1;
  return {
    part: (value) => (isShare ? value : (value - low) / (high - low)),
    text: (value) => (isShare ? percent(value, 1) : value.toFixed(3)),
    note: isShare ? "" : `Bars run from ${number(low, 2)} to ${number(high, 2)}.`,
  };
}
