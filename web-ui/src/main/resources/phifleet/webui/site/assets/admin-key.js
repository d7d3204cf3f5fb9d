// The operators' key, where a person has given it: kept for this tab alone, and sent only with what an operator does.

import { call } from "./api.js";
import { h } from "./dom.js";

const PLACE = "phi-fleet.admin-key";

/** The key; null where nobody gave it. */
export const adminKey = () => sessionStorage.getItem(PLACE);

/** Asks for the key, or lets it be changed or forgotten; `changed` is called once it was. */
export function askForAdminKey(changed) {
  const had = adminKey();
  const input = h("input", { id: "admin-key-input", type: "password", autocomplete: "off", required: true, aria: { describedby: "admin-key-help" } });
  const problem = h("p", { class: "error-text", role: "alert" });
  const use = h("button", { class: "primary", type: "submit" }, "Use this key");
  const submit = async (event) => {
    event.preventDefault();
    const given = input.value.trim();
    use.disabled = true;
    try {
      await call("fleet/usage", { as: given });
      sessionStorage.setItem(PLACE, given);
      dialog.close();
    } catch (failure) {
      problem.textContent = failure.status === 401 ? "That key was not accepted." : failure.message;
      use.disabled = false;
      input.focus();
    }
  };
  const forget = () => {
    sessionStorage.removeItem(PLACE);
    dialog.close();
  };
  const closed = () => {
    dialog.remove();
    changed();
  };
  const dialog = h("dialog", { class: "dialog key-dialog", aria: { labelledby: "admin-key-title" }, onclose: closed },
    h("form", { onsubmit: submit },
      h("h2", { id: "admin-key-title" }, had === null ? "Operate this fleet" : "The operators' key"),
      problem,
      h("p", { id: "admin-key-help" }, "The value of PHI_ADMIN_KEY. It stays in this tab and goes to this server only, with what you do to workers."),
      h("label", { htmlFor: "admin-key-input" }, "Admin key"),
      input,
      h("div", { class: "row end wrap" },
        had !== null && h("button", { class: "quiet", type: "button", onclick: forget }, "Forget the key"),
        h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
        use)));
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
}
