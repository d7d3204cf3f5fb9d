// The button by which a person becomes an operator of the fleet in this tab, and stops being one.

import { adminKey, asOperator, askForAdminKey, dropAdminKey } from "./admin-key.js";
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
      await asOperator("fleet/usage");
    } catch (failure) {
      dropAdminKey();
      said.textContent = failure.message;
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
