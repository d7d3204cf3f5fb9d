// The API key, where the server wants one: asked for when a request needs it, kept for this tab alone, sent with every request.
// A person may say no. Then requests that nobody asked for go without, and the next one that a person makes asks again.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const PLACE = "phi-fleet.key";
let asking = null;
let refused = false;
let declined = false;
let button = null;

export const key = () => sessionStorage.getItem(PLACE);

/** Whether a person is being asked for the key just now. */
export const isAsking = () => asking !== null;

/** Whether a person was asked, and gave none. */
export const isDeclined = () => declined;

/** The server did not take the key. */
export function dropKey() {
  refused = key() !== null;
  sessionStorage.removeItem(PLACE);
  shown();
}

/** The button that stands where the server wants a key: to give one, or to forget the one that is kept. */
export function initKey(element) {
  button = element;
  button.append(icon("key"));
  button.addEventListener("click", askForKey);
  shown();
}

function shown() {
  button.hidden = key() === null && !declined;
  const text = key() === null ? "Give the key" : "The key: change or forget it";
  button.title = text;
  button.setAttribute("aria-label", text);
}

/** Resolves once the dialog is closed, with whether there is a key; all who ask meanwhile share one dialog. */
export function askForKey() {
  asking ??= new Promise((answered) => {
    const had = key();
    const input = h("input", { id: "key-input", type: "password", autocomplete: "off", required: true, aria: { describedby: "key-help" } });
    const submit = (event) => {
      event.preventDefault();
      if (input.value.trim()) {
        sessionStorage.setItem(PLACE, input.value.trim());
        dialog.close();
      }
    };
    const forget = () => {
      sessionStorage.removeItem(PLACE);
      dialog.close();
    };
    // Escape closes it too, whatever is done about its event: what closing means is said here, once for all ways.
    const closed = () => {
      dialog.remove();
      asking = null;
      refused = false;
      declined = key() === null;
      shown();
      answered(key() !== null);
    };
    const dialog = h("dialog", { class: "dialog key-dialog", aria: { labelledby: "key-title" }, onclose: closed },
      h("form", { onsubmit: submit },
        h("h2", { id: "key-title" }, had === null ? "This fleet asks for a key" : "The key of this fleet"),
        refused && h("p", { class: "error-text", role: "alert" }, "That key was not accepted."),
        h("p", { id: "key-help" }, "The value of PHI_API_KEY. It stays in this tab and goes to this server only."),
        h("label", { htmlFor: "key-input" }, "API key"),
        input,
        h("div", { class: "row end wrap" },
          had !== null && h("button", { class: "quiet", type: "button", onclick: forget }, "Forget the key"),
          h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
          h("button", { class: "primary", type: "submit" }, "Use this key"))));
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
  return asking;
}
