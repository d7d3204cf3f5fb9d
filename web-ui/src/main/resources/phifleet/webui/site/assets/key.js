// The API key, where the server wants one: asked for when a request needs it, kept for this tab alone, sent with every request.
// A person may say no. Then requests that nobody asked for go without, and the next one that a person makes asks again.

import { icon } from "./icons.js";
import { keyDialog } from "./key-dialog.js";
import { inTab } from "./storage.js";

const PLACE = "phi-fleet.key";
let asking = null;
let refused = false;
let declined = false;
let button = null;

export const key = () => inTab.get(PLACE);

/** Whether a person is being asked for the key just now. */
export const isAsking = () => asking !== null;

/** Whether a person was asked, and gave none. */
export const isDeclined = () => declined;

/** The server did not take the key. */
export function dropKey() {
  refused = key() !== null;
  inTab.remove(PLACE);
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
  const had = key() !== null;
  asking ??= keyDialog({
    place: PLACE,
    id: "key",
    title: had ? "The key of this fleet" : "This fleet asks for a key",
    problem: refused && "That key was not accepted.",
    help: "The value of PHI_API_KEY. It stays in this tab and goes to this server only.",
    label: "API key",
    forgets: had,
  }).then((given) => {
    asking = null;
    refused = false;
    declined = !given;
    shown();
    return given;
  });
  return asking;
}
