// Typeset mathematics. KaTeX builds elements and sets their styles by script, which the page's policy allows; no HTML is parsed.

import { h } from "./dom.js";
import { katex } from "./libraries.js";

export const GREEK = new Set(("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
  + "omega hbar Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega").split(" "));
const ASIDE = "data-style";
const MARKS = new Set(["hat", "bar", "tilde", "vec", "cal"]);
const COMMANDS = { hat: "\\hat", bar: "\\bar", tilde: "\\tilde", vec: "\\vec", cal: "\\mathcal" };

/** Typesets into an element; the plain text stays where KaTeX cannot draw it. */
export async function typeset(element, latex, plain, display = false) {
  try {
    element.replaceChildren(drawn(await katex(), latex, display));
  } catch {
    element.textContent = plain;
  }
}

/**
 * The element that KaTeX's own `render` would put in place. Most styles it sets by script, which the policy allows; those of the
 * pictures it draws itself (arrows over letters, say) it writes as attributes, which the policy refuses with what they say. They
 * are taken out of its tree before elements are made of it, and set by script as well.
 */
function drawn(library, latex, display) {
  const tree = library.__renderToDomTree(latex, {
    displayMode: display,
    throwOnError: true,
    strict: "ignore",
    trust: false,
    maxExpand: 200,
    maxSize: 20,
    output: "htmlAndMathml",
  });
  setAside(tree);
  const element = tree.toNode();
  for (const styled of element.querySelectorAll(`[${ASIDE}]`)) {
    styled.style.cssText = styled.getAttribute(ASIDE);
    styled.removeAttribute(ASIDE);
  }
  return element;
}

function setAside(node) {
  if (node.attributes?.style !== undefined) {
    node.attributes[ASIDE] = node.attributes.style;
    delete node.attributes.style;
  }
  node.children?.forEach(setAside);
}

/** The letters of nearly all formulas. */
const FONTS = ["1em KaTeX_Main", "italic 1em KaTeX_Math"];

/** Once this has ended, what is typeset stands before the next paint, in its own letters. */
export const ready = () => katex().then(() => Promise.all(FONTS.map((font) => document.fonts.load(font)))).catch(() => null);

/** A span that shows its plain text until it is typeset. */
export function maths(latex, plain) {
  const span = h("span", { class: "maths" }, plain);
  typeset(span, latex, plain);
  return span;
}

/** A symbol by its canonical name: epsilon_0, v_max, x', H_hat. */
export const symbol = (name) => maths(symbolLatex(name), name);

export function symbolLatex(name) {
  const [, head, primes, tail] = /^([^_']+)('*)(?:_(.*))?$/.exec(name) ?? [null, name, "", undefined];
  const parts = tail === undefined ? [] : tail.replace(/[{}]/g, "").split("_");
  let latex = letter(head);
  while (parts.length > 0 && MARKS.has(parts[0])) {
    latex = `${COMMANDS[parts.shift()]}{${latex}}`;
  }
  const index = parts.join(",");
  return latex + (index === "" ? "" : `_{${letter(index)}}`) + primes;
}

function letter(text) {
  if (GREEK.has(text)) {
    return `\\${text}`;
  }
  return /^[A-Za-z]{2,}$/.test(text) ? `\\mathrm{${text}}` : text.replace(/[\\#$%&~^{}]/g, "");
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** What is no letter of a unit's to KaTeX. */
const OF_UNITS = { "Ω": "\\Omega ", "µ": "\\mu ", "μ": "\\mu ", "°": "{}^{\\circ}", "Å": "\\text{Å}", "%": "\\%" };

/** A unit as the validator writes it: kg*m/s^2, J/(mol*K), Pa m^6/mol^2, kg·m·s⁻². */
export function unitLatex(text) {
  const ascii = text.replace(/[⁻⁰¹²³⁴-⁹]+/g, (raised) => `^(${[...raised].map((c) => (c === "⁻" ? "-" : RAISED.indexOf(c))).join("")})`);
  const latex = ascii
    .replace(/\^\(([^()]*)\)|\^(-?\d+)/g, (_, inBrackets, digits) => `^{${inBrackets ?? digits}}`)
    .replace(/[*· ]+/g, "\\,")
    .replace(/[Ωµμ°Å%]/g, (sign) => OF_UNITS[sign]);
  return `\\mathrm{${latex}}`;
}

/** The same in plain text, where nothing can be typeset: kg·m/s². */
export const unitText = (text) => text
  .replace(/\^(-?\d+)/g, (_, digits) => [...digits].map((c) => (c === "-" ? "⁻" : RAISED[c])).join(""))
  .replace(/\s*\*\s*|(?<=\S) (?=\S)/g, "·");

/** A dimension such as M·L²·T⁻² needs no typesetting, only upright letters. */
export const dimension = (text) => h("span", { class: "dimension" }, text);
