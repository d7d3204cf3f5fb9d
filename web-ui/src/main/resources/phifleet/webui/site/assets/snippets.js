// The request just made, as somebody would write it in a program.

import { address } from "./api.js";
import { copyButton } from "./copy.js";
import { h, show } from "./dom.js";
import { key } from "./key.js";

const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The file that is a field of a body, if one is. */
const fileOf = (body) => Object.values(body ?? {}).find((value) => value instanceof File);

/** A body as JSON; in two parts where it has a file, whose base64 is the string between them. */
const partsOf = (body) => JSON.stringify(body, (_, value) => (value instanceof File ? "\u0000" : value)).split(JSON.stringify("\u0000"));

/** Of what is sent as JSON, a file within it in base64, and of a file that is sent as it is. */
const WRITERS = {
  curl: (url, { body, file }, withKey) => {
    const within = fileOf(body);
    const [before, after] = file ? [] : partsOf(body);
    // No argument may be as long as a picture is; of what it reads curl leaves out the ends of lines.
    const piped = within && `{ printf %s ${shell(`${before}"`)}; base64 < ${shell(within.name)}; printf %s ${shell(`"${after}`)}; } |`;
    return [
      ...(piped ? [`${piped} \\`] : []),
      `curl ${shell(url)} \\`,
      ...(withKey ? ["  -H \"Authorization: Bearer $PHI_API_KEY\" \\"] : []),
      `  -H 'Content-Type: ${file?.type ?? "application/json"}' \\`,
      file ? `  --data-binary ${shell(`@${file.name}`)}` : `  -d ${piped ? "@-" : shell(before)}`,
    ].join("\n");
  },
  Python: (url, { body, file }, withKey) => [
    ...(fileOf(body) ? ["import base64"] : []),
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
    ...(file || fileOf(body) ? ["const file = document.querySelector(\"input[type=file]\").files[0];"] : []),
    ...(fileOf(body) ? ["const bytes = new Uint8Array(await file.arrayBuffer());", "const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(\"\"));"] : []),
    `const response = await fetch(${JSON.stringify(url)}, {`,
    "  method: \"POST\",",
    `  headers: { "Content-Type": ${file ? "file.type" : "\"application/json\""}${withKey ? ", Authorization: `Bearer ${key}`" : ""} },`,
    file ? "  body: file," : `  body: JSON.stringify(${partsOf(body).join("base64")}),`,
    "});",
    "console.log(await response.json());",
  ].join("\n"),
};

/** JSON is Python but for three words. */
function python(value) {
  if (value instanceof File) {
    return `base64.b64encode(open(${JSON.stringify(value.name)}, "rb").read()).decode()`;
  }
  if (Array.isArray(value)) {
    return `[${value.map(python).join(", ")}]`;
  }
  if (value !== null && typeof value === "object") {
    return `{${Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${python(each)}`).join(", ")}}`;
  }
  return value === null ? "None" : value === true ? "True" : value === false ? "False" : JSON.stringify(value);
}

/** A card with the request, of `body` as JSON, in which one field may be a file, or of a `file`, in each language; keys are named, never shown. */
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
