// What an operator does to a worker, on its card: nothing is there until the operators' key was given.

import { asOperator } from "./admin-key.js";
import { announce, h } from "./dom.js";
import { fleet } from "./live.js";
import { modelsDialog } from "./models-dialog.js";
import { isOperated } from "./operate-button.js";

const ACTIONS = {
  cordon: { verb: "Cordon", text: "No gateway sends it anything new. What it has in hand ends." },
  drain: { verb: "Drain", text: "No gateway sends it anything new. This waits until it has nothing in hand." },
  resume: { verb: "Resume", text: "Gateways send it requests again." },
};

/** The actions of one worker; `update` shows those that its state allows, and none of one that is not there any more. */
export function workerActions(id) {
  const button = (verb, run) =>
    h("button", { type: "button", class: "quiet", onclick: run, aria: { label: `${verb} ${id}` } }, verb);
  const buttons = Object.fromEntries(
    Object.entries(ACTIONS).map(([action, { verb }]) => [action, button(verb, () => confirmed(id, action))]));
  const element = h("div", { class: "row wrap operator-actions", hidden: true },
    Object.values(buttons),
    button("Models", () => modelsDialog(fleet.workers.get(id))));

  function update(worker) {
    const cordoned = worker?.state === "cordoned";
    element.hidden = !isOperated() || !worker || worker.state === "gone";
    buttons.cordon.hidden = cordoned;
    buttons.resume.hidden = !cordoned;
  }

  return { element, update };
}

/** Asks once more, does it, and says what became of it. */
function confirmed(id, action) {
  const { verb, text } = ACTIONS[action];
  const problem = h("p", { class: "error-text", role: "alert" });
  const go = h("button", { type: "button", class: "primary", onclick: () => run(false) }, verb);
  const force = h("button", { type: "button", hidden: true, onclick: () => run(true) }, `${verb} it all the same`);
  const dialog = h("dialog", { class: "dialog", aria: { labelledby: "action-title" }, onclose: () => dialog.remove() },
    h("h2", { id: "action-title" }, `${verb} ${id}?`),
    h("p", {}, text),
    problem,
    h("div", { class: "row end wrap" },
      h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
      force,
      go));

  async function run(forced) {
    go.disabled = true;
    force.disabled = true;
    problem.textContent = "";
    try {
      const path = `fleet/workers/${encodeURIComponent(id)}/${action}${forced ? "?force=true" : ""}`;
      const done = await (await asOperator(path, { method: "POST" })).json();
      announce(`${id} is ${done.state}${done.drained ? ", nothing is in hand" : ""}.`);
      dialog.close();
    } catch (failure) {
      problem.textContent = failure.message;
      force.hidden = !["last_worker", "last_holder"].includes(failure.details?.code);
      go.hidden = !force.hidden;
      go.disabled = false;
      force.disabled = false;
    }
  }

  document.body.append(dialog);
  dialog.showModal();
}
