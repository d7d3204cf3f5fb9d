// Many equations at once: a line each, judged in one request, shown as they come.

import { post } from "./api.js";
import { copyButton, saveButton } from "./copy.js";
import { announce, h, show } from "./dom.js";
import { lines } from "./lines.js";
import { number, percent } from "./format.js";
import { formulasIn, typesetProse } from "./formulas.js";
import { latexOf } from "./latex.js";
import { maths, ready } from "./math.js";
import { verdictMark } from "./verdict-mark.js";
import { verdict } from "./verdicts.js";

const MOST = 10_000;

/** Rows that are drawn; the rest is in the files. */
const MOST_SHOWN = 300;

/** No rows wait longer for what typesets them. */
const PATIENCE_MS = 5_000;
const SAMPLE = ["E = mc²", "F = m a", "K = m v^2", "sin(2x) = 2 sin(x) cos(x)", "P V = n R T", "(a + b)^2 = a^2 + b^2", "F = m a)"];

export function many() {
  let results = [];
  let judged = "";
  let drawn = 0;
  let drawing = null;
  const latexBy = new Map();
  const field = h("textarea", { id: "lines", class: "code-field", rows: 8, spellcheck: false, value: SAMPLE.join("\n") });
  const status = h("p", { class: "small", role: "status" });
  const body = h("tbody", {});
  const only = h("input", { id: "only-wrong", type: "checkbox", onchange: redraw });
  const table = h("div", { class: "table-frame", tabIndex: 0, role: "region", aria: { label: "Verdicts" } },
    h("table", { class: "verdicts" },
      h("thead", {}, h("tr", {}, ["", "Equation", "Verdict", "Sure", "Why"].map((title) =>
        h("th", { scope: "col" }, title || h("span", { class: "hidden" }, "Sign"))))),
      body));
  const out = h("div", { class: "stack", hidden: true },
    h("div", { class: "row wrap" },
      saveButton("Save as CSV", "equations.csv", "text/csv", csv),
      saveButton("Save as JSON", "equations.json", "application/json", () => JSON.stringify(results.map(plain), null, 2)),
      copyButton("Copy as CSV", csv),
      h("label", { class: "check", htmlFor: "only-wrong" }, only, "Only the wrong ones")),
    table);
  const button = h("button", { type: "submit", class: "primary" }, "Judge all");
  const problem = h("div", {});
  const element = h("div", { class: "stack" },
    h("section", { class: "card" },
      h("form", { onsubmit: (event) => { event.preventDefault(); judge(); } },
        h("label", { class: "field-label", htmlFor: "lines" }, "Equations, one a line"),
        field,
        h("div", { class: "row between wrap" }, status, button))),
    problem,
    out);

  async function judge() {
    const equations = field.value.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    problem.replaceChildren();
    if (equations.length === 0 || equations.length > MOST) {
      show(problem, h("p", { class: "notice bad", role: "alert" },
        equations.length === 0 ? "There is no equation." : `There are ${number(equations.length)} equations, at most ${number(MOST)}.`));
      return;
    }
    results = [];
    drawn = 0;
    body.replaceChildren();
    out.hidden = false;
    button.disabled = only.disabled = true;
    try {
      // A row that is typeset after it was shown would move those below it.
      const [response] = await Promise.all([
        post("validate/batch", { equations }, { headers: { Accept: "application/x-ndjson" } }),
        ready(),
      ]);
      for await (const line of lines(response)) {
        results.push({ equation: equations[results.length], answer: JSON.parse(line) });
        drawing ??= draw().finally(() => (drawing = null));
        status.textContent = `${number(results.length)} of ${number(equations.length)}`;
      }
      await drawing;
      const valid = results.filter(({ answer }) => answer.valid).length;
      judged = `${number(results.length)} judged, ${number(valid)} valid.`;
      say();
      announce(status.textContent);
    } catch (failure) {
      show(problem, h("p", { class: "notice bad", role: "alert" }, failure.message));
    } finally {
      await drawing;
      button.disabled = only.disabled = false;
    }
  }

  /** Adds the rows of what has come, in bunches: what came while one was typeset is the next. */
  async function draw() {
    while (drawn < results.length) {
      const next = results.slice(drawn);
      drawn = results.length;
      const rows = next.filter(isShown).slice(0, MOST_SHOWN - body.childElementCount);
      await learn(rows);
      body.append(...rows.map((one) => row(one, latexBy)));
    }
  }

  /** Asks, in one request, how the formulas in the sentences of rows are typeset; where that cannot be had they stay as they are. */
  async function learn(rows) {
    const named = rows.flatMap(({ answer }) => formulasIn(answer.explanation ?? ""));
    const fresh = [...new Set(named)].filter((plain) => !latexBy.has(plain));
    const latex = await latexOf(fresh, { timeout: PATIENCE_MS }).catch(() => []);
    latex.forEach((one, i) => latexBy.set(fresh[i], one));
  }

  /** Whether a line stands in the table: all do, or those that do not hold or cannot be read. */
  function isShown({ answer }) {
    return !only.checked || !answer.valid;
  }

  async function redraw() {
    const wished = only.checked;
    const rows = results.filter(isShown).slice(0, MOST_SHOWN);
    await learn(rows);
    if (wished === only.checked) {
      show(body, rows.map((one) => row(one, latexBy)));
      say();
    }
  }

  function say() {
    const fit = results.filter(isShown).length;
    const rest = fit > MOST_SHOWN ? ` The first ${MOST_SHOWN} are shown; the files have all.` : only.checked ? ` ${number(fit)} shown; the files have all.` : "";
    status.textContent = judged + rest;
  }

  function csv() {
    const cell = (value) => {
      // A spreadsheet would run a cell that begins like a formula.
      const text = String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&");
      return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const head = ["equation", "valid", "verdict", "confidence", "betti", "chi", "phi_coherence", "explanation", "error"];
    return [head, ...results.map(({ equation, answer }) => [equation, answer.valid, answer.verdict, answer.confidence,
      answer.betti?.join(" "), answer.chi, answer.phi_coherence, answer.explanation, answer.error?.message])]
      .map((cells) => cells.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  return {
    element,
    put(equations) {
      field.value = equations.join("\n");
      judge();
    },
  };
}

const plain = ({ equation, answer }) => ({ equation, ...answer });

function row({ equation, answer }, latexBy) {
  const error = answer.error;
  const { title, tone } = error ? { title: "Cannot be read", tone: "bad" } : verdict(answer.verdict);
  const formulas = [...formulasIn(answer.explanation ?? "").map((plain) => ({ plain, latex: latexBy.get(plain) })), { plain: answer.normalized, latex: answer.latex }];
  const link = `#equations?${new URLSearchParams({ e: equation })}`;
  return h("tr", {},
    h("td", {}, verdictMark(tone)),
    h("td", {}, h("a", { href: link, class: "row-equation", aria: { label: equation } }, error ? h("code", {}, equation) : maths(answer.latex, answer.normalized))),
    h("td", {}, title),
    h("td", { class: "numeric" }, error ? "" : percent(answer.confidence)),
    h("td", { class: "why" }, error ? error.message : typesetProse(answer.explanation, formulas)));
}
