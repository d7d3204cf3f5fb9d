// To the clipboard, or to a file.

import { announce, h, show } from "./dom.js";
import { icon } from "./icons.js";

/** A button that copies what `text()` gives, and says so. */
export function copyButton(label, text, symbol = "copy") {
  const button = h("button", { type: "button", class: "quiet" }, icon(symbol), label);
  let timer = 0;
  button.addEventListener("click", async () => {
    const done = await copied(text());
    show(button, icon(done ? "check" : "cross"), done ? "Copied" : "Not allowed");
    announce(done ? "Copied" : "The browser does not allow copying here");
    clearTimeout(timer);
    timer = setTimeout(() => show(button, icon(symbol), label), 1_600);
  });
  return button;
}

/** A button that saves what `content()` gives. */
export const saveButton = (label, name, type, content) =>
  h("button", { type: "button", class: "quiet", onclick: () => save(name, type, content()) }, icon("download"), label);

/** The clipboard's own way asks for a secure origin; a selection does for plain http. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = h("textarea", { class: "off-screen", value: text, readOnly: true });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

function save(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
