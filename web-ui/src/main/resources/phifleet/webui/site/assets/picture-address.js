// Where a person types the address of a picture; nothing is fetched before they say so.

import { announce, h } from "./dom.js";
import { pictureElsewhere, wrongAddress } from "./picture-elsewhere.js";

/** `taken(file)` has the picture, `refused(text)` why there is none; `cancel()` ends a fetch that nobody waits for any more. */
export function pictureAddress({ id, most, taken, refused }) {
  let fetching = null;
  const input = h("input", { id, inputMode: "url", autocomplete: "off", spellcheck: false, maxLength: 4_000, onkeydown: key });
  const button = h("button", { type: "button", onclick: () => (fetching ? cancel() : fetchIt()) }, "Fetch");
  const element = h("div", { class: "row picture-address" }, h("label", { htmlFor: id, class: "inline" }, "Or its address"), input, button);

  /** Enter would send the form around it. */
  function key(event) {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      fetchIt();
    }
  }

  async function fetchIt() {
    cancel();
    const wrong = wrongAddress(input.value);
    if (wrong) {
      refused(wrong);
      return;
    }
    const mine = new AbortController();
    fetching = mine;
    button.textContent = "Cancel";
    announce("Fetching the picture");
    try {
      const file = await pictureElsewhere(input.value, { most, signal: mine.signal });
      cancel();
      taken(file);
      announce("The picture is there");
    } catch (failure) {
      if (!mine.signal.aborted) {
        cancel();
        refused(failure.message);
      }
    }
  }

  function cancel() {
    fetching?.abort();
    fetching = null;
    button.textContent = "Fetch";
  }

  return { element, cancel };
}
