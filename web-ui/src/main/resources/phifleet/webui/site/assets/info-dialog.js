// What a worker says of itself at /info.

import { getJson } from "./api.js";
import { copyButton } from "./copy.js";
import { h, show } from "./dom.js";
import { fleet } from "./live.js";

export function showInfo(id) {
  const content = h("div", { class: "info-content", tabIndex: 0, role: "region", aria: { label: `Information on ${id}` } }, h("p", {}, "Asking …"));
  const actions = h("div", { class: "row end" }, h("button", { type: "button", class: "primary", onclick: () => dialog.close() }, "Close"));
  const dialog = h("dialog", { class: "dialog info-dialog", aria: { labelledby: "info-title" }, onclose: () => dialog.remove() },
    h("h2", { id: "info-title" }, id),
    content,
    actions);
  document.body.append(dialog);
  dialog.showModal();
  // A worker alone has no path for others: what it says is of itself.
  const path = fleet.mode === "alone" ? "info" : `workers/${encodeURIComponent(id)}/info`;
  getJson(path).then((info) => {
    const text = JSON.stringify(info, null, 2);
    show(content, h("pre", {}, text));
    actions.prepend(copyButton("Copy", () => text));
  }).catch((failure) => show(content, h("p", { class: "notice bad", role: "alert" }, failure.message)));
}
