// How far back charts show.

import { h } from "./dom.js";
import { RANGES } from "./history.js";

/** Buttons of which one is pressed; `chosen` is its name among `RANGES`, and `changed` is called once that is another. */
export function rangeBar(changed) {
  const buttons = Object.fromEntries(Object.keys(RANGES).map((name) => [name, h("button", { type: "button", class: "segment" }, name)]));
  const bar = { element: h("div", { class: "segments", role: "group", aria: { label: "How far back" } }, Object.values(buttons)), chosen: "5 min" };
  const pressed = () => Object.entries(buttons).forEach(([name, button]) => button.setAttribute("aria-pressed", String(name === bar.chosen)));
  for (const [name, button] of Object.entries(buttons)) {
    button.addEventListener("click", () => {
      bar.chosen = name;
      pressed();
      changed();
    });
  }
  pressed();
  return bar;
}
