// What a worker says of itself at /info.

import { askWorker } from "./ask-worker.js";
import { copyButton } from "./copy.js";
import { h, show } from "./dom.js";

export function showInfo(id) {
  const content = h("div", { class: "info-content", tabIndex: 0, role: "region", aria: { label: `Information on ${id}` } }, h("p", {}, "Asking …"));
  const actions = h("div", { class: "row end" }, h("button", { type: "button", class: "primary", onclick: () => dialog.close() }, "Close"));
  const dialog = h("dialog", { class: "dialog info-dialog", aria: { labelledby: "info-title" }, onclose: () => dialog.remove() },
    h("h2", { id: "info-title" }, id),
    content,
    actions);
  document.body.append(dialog);
  dialog.showModal();
  askWorker(id, "info").then((response) => response.json()).then((info) => {
    const text = JSON.stringify(info, null, 2);
    show(content, h("pre", {}, text));
    actions.prepend(copyButton("Copy", () => text));
  }).catch((failure) => show(content, h("p", { class: "notice bad", role: "alert" }, failure.message)));
}
