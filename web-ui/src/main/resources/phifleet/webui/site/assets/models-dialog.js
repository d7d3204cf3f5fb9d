// Loads and unloads a model, on one worker or on all.

import { asOperator } from "./admin-key.js";
import { announce, h } from "./dom.js";

/** Opens for a worker as the fleet knows it. */
export function modelsDialog(worker) {
  const names = [...new Set([...worker.models, ...(worker.absent ?? [])].map((model) => model.name))];
  const input = h("input", { id: "model-name", list: "model-names", required: true, autocomplete: "off" });
  const everywhere = h("input", { id: "model-everywhere", type: "checkbox" });
  const problem = h("p", { class: "error-text", role: "alert" });
  const said = h("p", { class: "small", role: "status" });
  const buttons = ["load", "unload"].map((action) =>
    h("button", { type: "button", class: action === "load" ? "primary" : "", onclick: () => run(action) }, action === "load" ? "Load" : "Unload"));
  const dialog = h("dialog", { class: "dialog models-dialog", aria: { labelledby: "models-title" }, onclose: () => dialog.remove() },
    h("h2", { id: "models-title" }, `Models of ${worker.id}`),
    h("p", {}, "A load takes the model's settings and files as they are now, and serves it in place of the one that serves. Requests in hand are answered."),
    h("label", { class: "field-label", htmlFor: "model-name" }, "Model"),
    input,
    h("datalist", { id: "model-names" }, names.map((name) => h("option", { value: name }))),
    h("div", { class: "row" }, everywhere, h("label", { htmlFor: "model-everywhere" }, "On all workers")),
    problem,
    said,
    h("div", { class: "row end wrap" }, h("button", { type: "button", onclick: () => dialog.close() }, "Close"), buttons.toReversed()));

  async function run(action) {
    const model = input.value.trim();
    problem.textContent = "";
    said.textContent = "";
    if (!input.reportValidity() || model === "") {
      return;
    }
    buttons.forEach((button) => (button.disabled = true));
    const where = everywhere.checked ? "" : `workers/${encodeURIComponent(worker.id)}/`;
    try {
      said.textContent = `${action === "load" ? "Loading" : "Unloading"} ${model} …`;
      await asOperator(`${where}v2/repository/models/${encodeURIComponent(model)}/${action}`, { method: "POST" });
      said.textContent = `${model} is ${action}ed ${everywhere.checked ? "on all workers" : `on ${worker.id}`}.`;
      announce(said.textContent);
    } catch (failure) {
      said.textContent = "";
      problem.textContent = failure.message;
    } finally {
      buttons.forEach((button) => (button.disabled = false));
    }
  }

  document.body.append(dialog);
  dialog.showModal();
  input.focus();
}
