// JSON schemas as lists of fields.

import { h } from "./dom.js";
import { inline } from "./prose.js";

const DEPTH = 5;

/** Follows references inside the description, as far as they lead. */
export function resolved(value, root) {
  let found = value;
  for (let i = 0; i < 10 && found?.$ref; i++) {
    found = found.$ref.slice(2).split("/").reduce((at, key) => at?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], root);
  }
  return found;
}

/** A schema, drawn. */
export function schema(given, root, depth = 0) {
  const of = merged(resolved(given, root), root);
  const choices = of.oneOf ?? of.anyOf;
  if (choices) {
    return h("div", { class: "choices" }, choices.map((choice, i) =>
      h("div", { class: "choice" }, h("p", { class: "small" }, i === 0 ? "Either" : "or", " ", title(choice)), schema(choice, root, depth + 1))));
  }
  if (of.properties && depth < DEPTH) {
    const required = new Set(of.required ?? []);
    return h("dl", { class: "fields" }, Object.entries(of.properties).map(([name, property]) => field(name, property, required.has(name), root, depth)));
  }
  if (of.type === "array" && of.items && !isSimple(of.items, root) && depth < DEPTH) {
    return h("div", {}, h("p", { class: "small" }, "A list of"), schema(of.items, root, depth + 1));
  }
  return h("p", {}, h("code", {}, type(of, root)), of.description && [" ", inline(of.description)]);
}

function field(name, given, required, root, depth) {
  const of = merged(resolved(given, root), root);
  const nested = !isSimple(given, root) && depth < DEPTH;
  return [
    h("dt", {}, h("code", {}, name), required && h("span", { class: "required" }, "required")),
    h("dd", {},
      h("span", { class: "type" }, type(of, root)), bounds(of),
      of.description && h("span", {}, " ", inline(of.description)),
      nested && h("details", {}, h("summary", {}, each(of) ? "Fields of each" : "Fields"), schema(each(of) ?? inner(of), root, depth + 1))),
  ];
}

const inner = (of) => (of.type === "array" || Array.isArray(of.type) && of.type.includes("array") ? of.items : of);

/** What the values of a map are, where they are more than a plain type. */
const each = (of) => (of.additionalProperties?.properties ? of.additionalProperties : undefined);

function isSimple(given, root) {
  const of = merged(resolved(given, root), root);
  if (of.properties || of.oneOf || of.anyOf || each(of)) {
    return false;
  }
  return !of.items || isSimple(of.items, root);
}

function merged(of, root) {
  if (!of?.allOf) {
    return of ?? {};
  }
  return of.allOf.map((part) => merged(resolved(part, root), root)).reduce(
    (all, part) => ({ ...all, ...part, properties: { ...all.properties, ...part.properties } }), { ...of, allOf: undefined });
}

function type(of, root) {
  if (of.const !== undefined) {
    return JSON.stringify(of.const);
  }
  if (of.enum) {
    return of.enum.map((value) => JSON.stringify(value)).join(" | ");
  }
  const name = [of.type ?? (of.properties ? "object" : of.oneOf ? "one of several" : "any")].flat().join(" or ");
  return of.items ? `${name} of ${type(merged(resolved(of.items, root), root), root)}` : of.format ? `${name} (${of.format})` : name;
}

function bounds(of) {
  const said = [
    of.default !== undefined && `default ${JSON.stringify(of.default)}`,
    of.minimum !== undefined && `at least ${of.minimum}`,
    of.maximum !== undefined && `at most ${of.maximum}`,
    of.maxLength !== undefined && `at most ${of.maxLength} characters`,
    of.minItems !== undefined && `at least ${of.minItems} items`,
    of.maxItems !== undefined && `at most ${of.maxItems} items`,
  ].filter(Boolean);
  return said.length > 0 && h("span", { class: "bounds" }, said.join(", "));
}

const title = (given) => (given.$ref ? h("code", {}, given.$ref.split("/").at(-1)) : "");
