// The API key, where the server wants one: asked for once, kept for this tab alone, sent with every request.

import { h } from "./dom.js";

const PLACE = "phi-fleet.key";
let asking = null;
let refused = false;

export const key = () => sessionStorage.getItem(PLACE);

/** Whether a person is being asked for the key just now. */
export const isAsking = () => asking !== null;

/** The server did not take the key. */
export function forgetKey() {
  refused = key() !== null;
  sessionStorage.removeItem(PLACE);
}

/** Resolves once a person has given a key; all who ask meanwhile share one dialog. */
export function askForKey() {
  asking ??= new Promise((given) => {
    const input = h("input", {
      id: "key-input",
      type: "password",
      autocomplete: "off",
      required: true,
      aria: { describedby: "key-help" },
    });
    const submit = (event) => {
      event.preventDefault();
      if (input.value.trim()) {
        sessionStorage.setItem(PLACE, input.value.trim());
        dialog.close();
        dialog.remove();
        asking = null;
        given();
      }
    };
    const dialog = h("dialog", { class: "dialog key-dialog", aria: { labelledby: "key-title" }, oncancel: (event) => event.preventDefault() },
      h("form", { onsubmit: submit },
        h("h2", { id: "key-title" }, "This fleet asks for a key"),
        refused && h("p", { class: "error-text", role: "alert" }, "That key was not accepted."),
        h("p", { id: "key-help" }, "The value of PHI_API_KEY. It stays in this tab and goes to this server only."),
        h("label", { htmlFor: "key-input" }, "API key"),
        input,
        h("div", { class: "row end" }, h("button", { class: "primary", type: "submit" }, "Use this key"))));
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
  return asking;
}
