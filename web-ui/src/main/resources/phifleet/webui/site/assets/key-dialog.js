// The dialog that takes a key, which stays in this tab.

import { h } from "./dom.js";
import { inTab } from "./storage.js";

/**
 * Resolves once it is closed, with whether there is a key. `place` is the name by which the tab keeps it, `id` what its field is called;
 * `problem` is said above, and where it `forgets`, a person may have the kept one forgotten.
 */
export function keyDialog({ place, id, title, help, label, problem = null, forgets = false }) {
  return new Promise((answered) => {
    const input = h("input", { id: `${id}-input`, type: "password", autocomplete: "off", required: true, aria: { describedby: `${id}-help` } });
    const submit = (event) => {
      event.preventDefault();
      if (input.value.trim()) {
        inTab.set(place, input.value.trim());
        dialog.close();
      }
    };
    const forget = () => {
      inTab.remove(place);
      dialog.close();
    };
    // Escape closes it too, whatever is done about its event: what closing means is said here, once for all ways.
    const closed = () => {
      dialog.remove();
      answered(inTab.get(place) !== null);
    };
    const dialog = h("dialog", { class: "dialog key-dialog", aria: { labelledby: `${id}-title` }, onclose: closed },
      h("form", { onsubmit: submit },
        h("h2", { id: `${id}-title` }, title),
        problem && h("p", { class: "error-text", role: "alert" }, problem),
        h("p", { id: `${id}-help` }, help),
        h("label", { htmlFor: `${id}-input` }, label),
        input,
        h("div", { class: "row end wrap" },
          forgets && h("button", { class: "quiet", type: "button", onclick: forget }, "Forget the key"),
          h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
          h("button", { class: "primary", type: "submit" }, "Use this key"))));
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}
