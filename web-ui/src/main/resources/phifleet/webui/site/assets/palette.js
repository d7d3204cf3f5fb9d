// Signs that few keyboards have, to be put where the caret is.

import { h } from "./dom.js";

/** Where the caret is afterwards, and where text that was selected goes. */
const CARET = "▮";

const SIGNS = [
  ["x²", "▮²", "squared"], ["x³", "▮³", "cubed"], ["xⁿ", "▮^()", "to the power of"], ["x₀", "▮_0", "with an index"],
  ["√", "√(▮)", "square root"], ["a/b", "(▮)/()", "fraction"], ["|x|", "|▮|", "absolute value"], ["½", "½", "one half"],
  ["·", "·", "times, as a dot"], ["×", "×", "times, as a cross"], ["±", "±", "plus or minus"], ["∞", "∞", "infinity"],
  ["≤", "≤", "less than or equal to"], ["≥", "≥", "greater than or equal to"], ["≠", "≠", "not equal to"], ["≈", "≈", "approximately"],
  ["∝", "∝", "proportional to"], ["→", "→", "tends to, or reacts to"],
  ["∂", "∂", "partial derivative"], ["d/dx", "d(▮)/dx", "derivative"], ["∇", "∇", "nabla"], ["∫", "∫ ▮ dx", "integral"],
  ["∑", "∑_{i=1}^{n} ▮", "sum"], ["∏", "∏_{i=1}^{n} ▮", "product"],
  ["sin", "sin(▮)", "sine"], ["cos", "cos(▮)", "cosine"], ["ln", "ln(▮)", "natural logarithm"], ["eˣ", "e^(▮)", "exponential"],
  ...["pi π", "phi φ", "theta θ", "alpha α", "beta β", "gamma γ", "delta δ", "epsilon ε", "lambda λ", "mu μ", "nu ν", "rho ρ", "sigma σ",
    "tau τ", "omega ω", "capital delta Δ", "capital omega Ω", "h bar ħ"].map((letter) => {
    const sign = letter.slice(letter.lastIndexOf(" ") + 1);
    return [sign, sign, letter.slice(0, letter.lastIndexOf(" "))];
  }),
];

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The signs, folded; one stop of the tab key, arrows go from one to the next. */
export function palette(field) {
  const buttons = SIGNS.map(([label, text, name], i) => h("button", {
    type: "button",
    class: "sign",
    tabIndex: i === 0 ? 0 : -1,
    title: name,
    aria: { label: name },
    onclick: () => insert(field, text),
    onfocus: () => buttons.forEach((button, other) => (button.tabIndex = other === i ? 0 : -1)),
  }, label));
  return h("details", { class: "palette" },
    h("summary", {}, "Signs to insert"),
    h("div", {
      class: "signs",
      role: "toolbar",
      aria: { label: "Signs to insert" },
      onkeydown: (event) => {
        const now = buttons.indexOf(document.activeElement);
        const next = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : event.key in STEPS ? now + STEPS[event.key] : now;
        if (next !== now) {
          event.preventDefault();
          buttons.at(next % buttons.length).focus();
        }
      },
    }, buttons));
}

/** As if it were typed, so that it can be undone; the field has the focus then, for whoever types on. */
function insert(field, text) {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const [before, after = ""] = text.split(CARET);
  const selected = value.slice(from, to);
  field.focus();
  field.setSelectionRange(from, to);
  // Old, but the one way that keeps what was typed before within reach of the browser's undo.
  if (!document.execCommand("insertText", false, before + selected + after)) {
    field.setRangeText(before + selected + after, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (text.includes(CARET)) {
    const caret = from + before.length + selected.length;
    field.setSelectionRange(caret, caret);
  }
}
