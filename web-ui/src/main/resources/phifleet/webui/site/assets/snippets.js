// The request just made, as somebody would write it in a program.

import { address } from "./api.js";
import { copyButton } from "./copy.js";
import { h, show } from "./dom.js";
import { key } from "./key.js";

const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** Of what is sent as JSON, and of a file that is sent as it is. */
const WRITERS = {
  curl: (url, { body, file }, withKey) => [
    `curl ${shell(url)} \\`,
    ...(withKey ? ["  -H \"Authorization: Bearer $PHI_API_KEY\" \\"] : []),
    `  -H 'Content-Type: ${file?.type ?? "application/json"}' \\`,
    file ? `  --data-binary ${shell(`@${file.name}`)}` : `  -d ${shell(JSON.stringify(body))}`,
  ].join("\n"),
  Python: (url, { body, file }, withKey) => [
    "import json",
    ...(withKey ? ["import os"] : []),
    "import urllib.request",
    "",
    "request = urllib.request.Request(",
    `    ${JSON.stringify(url)},`,
    file ? `    data=open(${JSON.stringify(file.name)}, "rb").read(),` : `    data=json.dumps(${python(body)}).encode(),`,
    `    headers={"Content-Type": "${file?.type ?? "application/json"}"${withKey ? ", \"Authorization\": \"Bearer \" + os.environ[\"PHI_API_KEY\"]" : ""}},`,
    ")",
    "with urllib.request.urlopen(request) as response:",
    "    print(json.load(response))",
  ].join("\n"),
  JavaScript: (url, { body, file }, withKey) => [
    ...(file ? ["const file = document.querySelector(\"input[type=file]\").files[0];"] : []),
    `const response = await fetch(${JSON.stringify(url)}, {`,
    "  method: \"POST\",",
    `  headers: { "Content-Type": ${file ? "file.type" : "\"application/json\""}${withKey ? ", Authorization: `Bearer ${key}`" : ""} },`,
    file ? "  body: file," : `  body: JSON.stringify(${JSON.stringify(body)}),`,
    "});",
    "console.log(await response.json());",
  ].join("\n"),
};

/** JSON is Python but for three words. */
function python(value) {
  if (Array.isArray(value)) {
    return `[${value.map(python).join(", ")}]`;
  }
  if (value !== null && typeof value === "object") {
    return `{${Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${python(each)}`).join(", ")}}`;
  }
  return value === null ? "None" : value === true ? "True" : value === false ? "False" : JSON.stringify(value);
}

/** A card with the request, of `body` as JSON or of a `file`, in each language; keys are named, never shown. */
export function snippets(path, sent, title = "The same in code") {
  const code = h("pre", { class: "snippet", tabIndex: 0 });
  let text = "";
  const buttons = Object.keys(WRITERS).map((name) => h("button", { type: "button", class: "segment", onclick: () => pick(name) }, name));
  function pick(name) {
    text = WRITERS[name](address(path), sent, key() !== null);
    show(code, text);
    code.setAttribute("aria-label", `${title}: ${name}`);
    code.setAttribute("role", "region");
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.textContent === name)));
  }
  pick("curl");
  return h("section", { class: "card" },
    h("div", { class: "row between wrap" },
      h("h3", {}, title),
      h("div", { class: "row wrap" }, h("div", { class: "segments", role: "group", aria: { label: "Language" } }, buttons), copyButton("Copy", () => text))),
    code);
}
