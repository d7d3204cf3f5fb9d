// Who answered, and where the time of the answers went, as far as they tell.

import { h } from "./dom.js";
import { millis, number } from "./format.js";

const same = (text) => text;

/**
 * What was counted and timed, of all responses together.
 *
 * @param model that was asked for; empty where none was
 * @param answers the responses' JSON
 * @param elapsed ms that whoever asked has waited
 * @param more rows that stand before these, each a label, a value and what makes a text of it
 */
export function timing({ model, responses, answers, elapsed, more = [] }) {
  const sum = (values) => {
    const told = values.filter((value) => value !== null && value !== undefined);
    return told.length === 0 ? null : told.reduce((total, value) => total + Number(value), 0);
  };
  const header = (name) => sum(responses.map((response) => response.headers.get(name)));
  const rows = [
    ...more,
    ["tokens", header("x-compute-tokens"), number],
    ["cut into tokens", header("x-tokenization-time"), millis],
    ["waited", header("x-queue-time"), millis],
    ["in the model", header("x-inference-time"), millis],
    ["of the device", header("X-Device-Ms"), millis],
    ["in the worker", sum(answers.map((answer) => answer.processing_time_ms)), millis],
    ["seen from here", elapsed, millis],
    ["worker", responses.at(-1).headers.get("X-Worker-Id"), same],
    ["model", model || null, same],
  ];
  return h("dl", { class: "summary card times" }, rows.filter(([, value]) => value !== null && value !== undefined).map(([label, value, as]) =>
    h("div", {}, h("dt", {}, label), h("dd", { class: as === same ? "word" : "" }, as(value)))));
}
