// What all heads have in common: a form, a request made of it, the answer drawn, and the same request in code.

import { call, post } from "./api.js";
import { announce, h, show } from "./dom.js";
import { snippets } from "./snippets.js";
import { timing } from "./timing.js";

/**
 * A panel of the playground.
 *
 * @param fields of the form
 * @param note below them
 * @param action what the button says
 * @param empty what stands in the place of an answer before there is one
 * @param ask of a model's name the requests, or a promise of them: a list of `{ path, body, file, shown, title }`: `body` goes
 *     as JSON, or `file` as it is; `shown` is the body as code has it where that differs, with a file in place of its base64, `title` what stands over it;
 *     throws an Error with what a person has to mend
 * @param draw of the answers, in their order, and of the bodies
 */
export function headPanel({ fields, note, action, empty, ask, draw }) {
  let model = "";
  const button = h("button", { type: "submit", class: "primary" }, action);
  const result = h("div", { class: "stack results", aria: { busy: "false" } }, h("p", { class: "notice" }, empty));
  const element = h("div", { class: "stack" },
    h("section", { class: "card" },
      h("form", { class: "head-form", onsubmit: (event) => { event.preventDefault(); send(); } },
        fields,
        h("div", { class: "row between wrap" }, h("p", { class: "small" }, note), button))),
    result);

  async function send() {
    button.disabled = true;
    result.setAttribute("aria-busy", "true");
    try {
      const requests = await ask(model);
      const started = performance.now();
      const responses = await Promise.all(requests.map(sent));
      const answers = await Promise.all(responses.map((response) => response.json()));
      const elapsed = performance.now() - started;
      show(result,
        draw(answers, requests.map(({ body }) => body)),
        timing({ model, responses, answers, elapsed }),
        requests.map(({ path, body, file, shown, title }) => snippets(path, { body: shown ?? body, file }, title)));
      announce(`${action}: the answer is there`);
    } catch (failure) {
      show(result, h("p", { class: "notice bad", role: "alert" }, failure.message, failure.retryAfter && ` Worth trying again in ${failure.retryAfter} s.`));
    } finally {
      button.disabled = false;
      result.setAttribute("aria-busy", "false");
    }
  }

  return { element, send, use: (name) => (model = name) };
}

const sent = ({ path, body, file }) =>
  file ? call(path, { method: "POST", headers: { "Content-Type": file.type }, body: file }) : post(path, body);

/** A field with its label. */
export const field = (label, control) => h("div", { class: "head-field" }, h("label", { htmlFor: control.id, class: "field-label" }, label), control);

/** The lines of a text that are not blank. */
export const textLines = (text) => text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);

/** What stands between commas, each once. */
export const labelsOf = (text) => [...new Set(text.split(",").map((label) => label.trim()).filter(Boolean))];

/** Throws unless there are from one to so many. */
export function bounded(list, most, what) {
  if (list.length === 0 || list.length > most) {
    throw new Error(list.length === 0 ? `There is no ${what}.` : `There are ${list.length} of ${what}, at most ${most} here. The API takes more.`);
  }
  return list;
}
