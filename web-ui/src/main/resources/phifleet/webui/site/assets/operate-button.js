// The button by which a person becomes an operator of the fleet in this tab, and stops being one.

import { adminKey, askForAdminKey, dropAdminKey } from "./admin-key.js";
import { call } from "./api.js";
import { h } from "./dom.js";
import { fleet } from "./live.js";

/** Whether the person in this tab is an operator of the fleet that is seen. */
export const isOperated = () => Boolean(fleet.gateway?.operable) && adminKey() !== null;

/** `changed` is called once a person has become one, or is none any more. */
export function operateButton(changed) {
  const said = h("span", { class: "small error-text", role: "alert" });
  const button = h("button", { type: "button", onclick: toggle }, "Operate");
  const element = h("div", { class: "row wrap", hidden: true }, said, button);

  async function toggle() {
    said.textContent = "";
    if (adminKey() !== null) {
      dropAdminKey();
    } else if (await askForAdminKey()) {
      await tried();
    }
    update();
    changed();
  }

  /** A key that is wrong is found out before anything is done with it. */
  async function tried() {
    try {
      await call("fleet/usage", { as: adminKey() });
    } catch (failure) {
      dropAdminKey();
      said.textContent = failure.status === 401 ? "That admin key was not accepted." : failure.message;
    }
  }

  function update() {
    element.hidden = !fleet.gateway?.operable;
    const text = adminKey() === null ? "Operate" : "Stop operating";
    if (button.textContent !== text) {
      button.textContent = text;
    }
  }

  return { element, update };
}
