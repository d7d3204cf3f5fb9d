// The line in which an equation is typed, with the place of a mistake marked under it.

import { h, show } from "./dom.js";

/** Calls `typed(text)` at each change, `entered(text)` at Enter, and `pasted(lines)` where many lines are pasted. */
export function equationInput({ typed, entered, pasted }) {
  const marks = h("div", { class: "marks", aria: { hidden: "true" } });
  const field = h("textarea", {
    id: "equation",
    class: "equation-field",
    rows: 1,
    maxLength: 4000,
    spellcheck: false,
    autocomplete: "off",
    autocapitalize: "off",
    aria: { describedby: "equation-problem equation-help" },
    oninput: () => {
      clear();
      typed(field.value);
    },
    onscroll: () => (marks.scrollTop = field.scrollTop),
    onkeydown: (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        entered(field.value);
      }
    },
    onpaste: (event) => {
      const lines = event.clipboardData.getData("text").split(/\r?\n/).filter((line) => line.trim());
      if (lines.length > 1 && !lines.some((line) => line.includes("\\begin"))) {
        event.preventDefault();
        pasted(lines);
      }
    },
  });
  const problem = h("div", { id: "equation-problem", class: "problem", role: "status" });

  function clear() {
    field.removeAttribute("aria-invalid");
    marks.replaceChildren();
    problem.replaceChildren();
  }

  /** Underlines `length` characters at `position`; gives where that begins and ends. */
  function point(position, length) {
    const text = field.value;
    const from = Math.min(position ?? 0, text.length);
    const to = Math.max(from + 1, Math.min(from + (length || 1), text.length));
    show(marks, text.slice(0, from), h("mark", {}, text.slice(from, to) || " "), text.slice(to));
    marks.scrollTop = field.scrollTop;
    return { from, to };
  }

  /** The text cannot be read: marks where, and says why. */
  function mark({ message, position, length, expected }) {
    field.setAttribute("aria-invalid", "true");
    const text = field.value;
    const { from, to } = point(position, length);
    const wanted = (expected ?? []).filter(Boolean);
    show(problem,
      h("p", {}, h("strong", {}, message),
        wanted.length > 0 && ` Expected: ${wanted.join(", ")}.`,
        position !== undefined && text.length > 0 && h("button", {
          type: "button",
          class: "link",
          onclick: () => {
            field.focus();
            field.setSelectionRange(from, Math.min(to, text.length));
          },
        }, `Go to character ${from + 1}`)));
  }

  return {
    element: h("div", {}, h("div", { class: "equation-box" }, marks, field), problem),
    field,
    clear,
    mark,
    point,
    set(text) {
      field.value = text;
      clear();
    },
  };
}
