// The admin key: asked for when an operator's route needs it, kept for this tab alone, sent to those routes and no others.

import { h } from "./dom.js";

const PLACE = "phi-fleet.admin-key";
let asking = null;

export const adminKey = () => sessionStorage.getItem(PLACE);

/** The server did not take it, or a person wants it forgotten. */
export function dropAdminKey() {
  sessionStorage.removeItem(PLACE);
}

/** Resolves once the dialog is closed, with whether there is a key. */
export function askForAdminKey() {
  asking ??= new Promise((answered) => {
    const input = h("input", { id: "admin-key-input", type: "password", autocomplete: "off", required: true, aria: { describedby: "admin-key-help" } });
    const submit = (event) => {
      event.preventDefault();
      if (input.value.trim()) {
        sessionStorage.setItem(PLACE, input.value.trim());
        dialog.close();
      }
    };
    const closed = () => {
      dialog.remove();
      asking = null;
      answered(adminKey() !== null);
    };
    const dialog = h("dialog", { class: "dialog key-dialog", aria: { labelledby: "admin-key-title" }, onclose: closed },
      h("form", { onsubmit: submit },
        h("h2", { id: "admin-key-title" }, "For operators"),
        h("p", { id: "admin-key-help" }, "The value of PHI_ADMIN_KEY. It stays in this tab and goes to this server only."),
        h("label", { htmlFor: "admin-key-input" }, "Admin key"),
        input,
        h("div", { class: "row end wrap" },
          h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
          h("button", { class: "primary", type: "submit" }, "Use this key"))));
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
  return asking;
}
