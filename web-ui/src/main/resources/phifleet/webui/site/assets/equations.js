// The page of equations: one that is judged while it is typed, or many at once.

import { postJson, Refusal } from "./api.js";
import { beside, curveOf } from "./beside.js";
import { copyButton, saveButton } from "./copy.js";
import { announce, h, show } from "./dom.js";
import { equationInput } from "./equation-input.js";
import { EXAMPLES } from "./examples.js";
import { many } from "./many.js";
import { typeset } from "./math.js";
import { palette } from "./palette.js";
import { forgetAll, past, remember } from "./past.js";
import { plotPanel } from "./plot.js";
import { reportView } from "./report.js";
import { markUnit, onlyUnits, symbolsTable, UNITS } from "./symbols-table.js";
import { verdictMark } from "./verdict-mark.js";
import { verdict } from "./verdicts.js";

/** A pause in typing after which the equation is judged. */
const PAUSE_MS = 180;
const FIRST = "E = mc²";
const MODES = {
  auto: "whatever applies",
  identity: "as an identity",
  dimensional: "by dimensions",
  physics: "as physics",
  golden: "with φ the golden ratio",
  signature: "by counting signs",
  syntax: "only its syntax",
};

export function open(element) {
  const units = new Map();
  let report = null;
  let problem = null;
  let asked = 0;
  let timer = 0;
  let running = null;

  const preview = h("div", { class: "preview", tabIndex: 0, role: "group", aria: { label: "The equation as it was read" } });
  const result = h("div", { class: "report", aria: { busy: "false" } });
  const input = equationInput({ typed: soon, entered: () => judge(true), pasted: toMany });
  const mode = h("select", { id: "mode", onchange: () => judge(true) },
    Object.entries(MODES).map(([value, label]) => h("option", { value }, label)));
  const history = h("div", { class: "stack history" });
  const plot = plotPanel((from, to) => curveOf(report, mode.value, { from, to }, { signal: running?.signal }));

  const one = h("div", { class: "equation-page" },
    h("div", { class: "equation-main stack" },
      h("section", { class: "card asks", aria: { labelledby: "equation-label" } },
        h("form", { onsubmit: (event) => { event.preventDefault(); judge(true); } },
          h("label", { id: "equation-label", htmlFor: "equation", class: "field-label" }, "Equation"),
          input.element,
          palette(input.field),
          preview,
          h("div", { class: "row between wrap" },
            h("p", { id: "equation-help", class: "small" }, "ASCII, Unicode or LaTeX. Judged while you type; Enter keeps it."),
            h("div", { class: "row" },
              h("label", { class: "inline", htmlFor: "mode" }, "Judge"), mode,
              h("button", { type: "submit", class: "primary" }, "Judge"))))),
      result),
    h("aside", { class: "stack side", aria: { label: "Examples and history" } },
      h("section", { class: "card" },
        h("h3", {}, "Try one"),
        h("div", { class: "examples" }, EXAMPLES.map((example) => h("button", {
          type: "button",
          class: "example",
          onclick: () => put(example.equation),
        }, h("span", { class: "small" }, example.about), h("code", {}, example.equation))))),
      history),
    h("datalist", { id: "units" }, UNITS.map((value) => h("option", { value }))));

  const lines = many();
  const which = { one: toggle("One equation", () => (location.hash = "#equations")), many: toggle("Many lines", () => (location.hash = "#equations/many")) };
  const stage = h("div", {});
  show(element,
    h("div", { class: "page-head" },
      h("div", {}, h("h1", {}, "Is it true?"), h("p", { class: "lead" }, "Dimensions, identities, known laws, shape: what can be said of an equation, and how sure that is.")),
      h("div", { class: "segments", role: "group", aria: { label: "How many equations" } }, which.one, which.many)),
    stage);
  listPast();

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(() => judge(false), PAUSE_MS);
  }

  function put(equation) {
    units.clear();
    input.set(equation);
    judge(true);
  }

  function toMany(pasted) {
    location.hash = "#equations/many";
    lines.put(pasted);
  }

  /** Judges what stands in the input; `keep` where a person asked for it. */
  async function judge(keep) {
    clearTimeout(timer);
    running?.abort();
    const equation = input.field.value.trim();
    if (equation === "") {
      input.clear();
      report = null;
      empty();
      return;
    }
    const mine = ++asked;
    running = new AbortController();
    result.setAttribute("aria-busy", "true");
    try {
      // A list of one: what is not an equation yet is then an answer too, and no failure that the browser logs.
      const [answer] = await postJson("validate/batch", { equations: [request(input.field.value)] }, { signal: running.signal, unasked: !keep });
      if (mine === asked && answer.error) {
        refused(new Refusal(400, answer.error.message, answer.error));
      } else if (mine === asked) {
        const more = await beside(answer, mode.value, { signal: running.signal, unasked: true });
        if (mine === asked) {
          understood(answer, more, keep);
        }
      }
    } catch (failure) {
      if (mine === asked && failure.name !== "AbortError") {
        refused(failure);
      }
    } finally {
      if (mine === asked) {
        result.setAttribute("aria-busy", "false");
      }
    }
  }

  function request(equation) {
    const variables = Object.fromEntries([...units].map(([name, unit]) => [name, { unit }]));
    return {
      equation,
      ...(mode.value === "auto" ? {} : { mode: mode.value }),
      ...(units.size > 0 ? { variables } : {}),
    };
  }

  function understood(answer, { curve, lines, formulas }, keep) {
    report = answer;
    problem = null;
    input.clear();
    if (Number.isInteger(answer.dimensions?.position)) {
      input.point(answer.dimensions.position, answer.dimensions.length);
    }
    preview.classList.remove("stale");
    result.classList.remove("stale");
    typeset(preview, answer.latex, answer.normalized, true);
    const focused = document.activeElement?.dataset?.symbol;
    const [headline, ...rest] = reportView(answer, {
      symbols: symbolsTable(answer.dimensions, units, () => judge(true)),
      plot: curve && plot.element,
      lines,
      formulas,
    });
    // Beside the verdict: below all of the report nobody with a small screen finds them.
    show(result, headline, actions(), rest);
    plot.update(curve);
    if (focused) {
      result.querySelector(`[data-symbol="${CSS.escape(focused)}"]`)?.focus();
    }
    if (keep) {
      remember(input.field.value, answer.verdict);
      listPast();
      window.history.replaceState(null, "", link());
      announce(`${verdict(answer.verdict).title}. ${answer.explanation}`);
    }
  }

  function refused(failure) {
    problem = failure;
    preview.classList.add("stale");
    result.classList.add("stale");
    const place = failure.details ?? {};
    const unitOf = /^variables\.(.+)\.unit$/.exec(place.field ?? "")?.[1];
    if (unitOf !== undefined && units.has(unitOf)) {
      // The table stays, so that the unit can be set right where it stands.
      if (!result.querySelector(`[data-symbol="${CSS.escape(unitOf)}"]`)) {
        show(result, symbolsTable(onlyUnits(units), units, () => judge(true)));
      }
      markUnit(result, unitOf, failure.message);
      return;
    }
    if (failure instanceof Refusal && (place.field === "equation" || place.position !== undefined)) {
      input.mark({ message: failure.message, ...place });
      if (!report) {
        result.classList.remove("stale");
        show(result, h("p", { class: "notice" }, "There is no verdict yet: the equation cannot be read as it stands."));
      }
      return;
    }
    result.classList.remove("stale");
    show(result, h("div", { class: "notice bad", role: "alert" },
      h("p", {}, h("strong", {}, failure.message), failure.retryAfter && ` Worth trying again in ${failure.retryAfter} s.`),
      place.field && h("p", { class: "small" }, `Field: ${place.field}`),
      h("div", { class: "row" },
        h("button", { type: "button", onclick: () => judge(true) }, "Try again"),
        units.size > 0 && h("button", { type: "button", class: "quiet", onclick: () => { units.clear(); judge(true); } }, "Forget units"))));
  }

  function empty() {
    preview.replaceChildren();
    result.classList.remove("stale");
    show(result, h("p", { class: "notice" }, "Type an equation, or take one of the examples."));
  }

  function actions() {
    return h("div", { class: "row wrap actions" },
      copyButton("Copy link", () => new URL(link(), location.href).href, "link"),
      copyButton("Copy answer", () => JSON.stringify(report, null, 2)),
      saveButton("Save answer", "equation.json", "application/json", () =>
        JSON.stringify({ request: request(input.field.value), answer: report }, null, 2)));
  }

  /** The address that leads here again: equation, mode and units. */
  function link() {
    const query = new URLSearchParams({ e: input.field.value });
    if (mode.value !== "auto") {
      query.set("mode", mode.value);
    }
    units.forEach((unit, name) => query.set(`unit.${name}`, unit));
    return `#equations?${query}`;
  }

  function follow(query) {
    const wanted = new URLSearchParams(query);
    units.clear();
    for (const [name, value] of wanted) {
      if (name.startsWith("unit.")) {
        units.set(name.slice(5), value.slice(0, 60));
      }
    }
    mode.value = wanted.get("mode") in MODES ? wanted.get("mode") : "auto";
    input.set((wanted.get("e") ?? "").slice(0, 4000));
    judge(false);
  }

  function listPast() {
    const entries = past();
    show(history, h("section", { class: "card" },
      h("div", { class: "row between" },
        h("h3", {}, "Judged before"),
        entries.length > 0 && h("button", { type: "button", class: "quiet", onclick: () => { forgetAll(); listPast(); } }, "Clear")),
      entries.length === 0
        ? h("p", { class: "small" }, "What you judge is kept here, in this browser only.")
        : h("ul", { class: "plain past" }, entries.slice(0, 12).map((entry) => {
          const { title, tone } = verdict(entry.verdict);
          return h("li", {}, h("button", { type: "button", class: "past-entry", onclick: () => put(entry.equation) },
            verdictMark(tone, title),
            h("code", {}, entry.equation),
            h("span", { class: "hidden" }, `: ${title}`)));
        }))));
  }

  return {
    arrive(rest) {
      const multiple = rest.startsWith("/many");
      which.one.setAttribute("aria-pressed", String(!multiple));
      which.many.setAttribute("aria-pressed", String(multiple));
      show(stage, multiple ? lines.element : one);
      if (rest.startsWith("?")) {
        follow(rest.slice(1));
      } else if (!multiple && report === null && problem === null && input.field.value === "") {
        input.set(FIRST);
        judge(false);
      }
    },
  };
}

const toggle = (label, onclick) => h("button", { type: "button", class: "segment", onclick, aria: { pressed: "false" } }, label);
