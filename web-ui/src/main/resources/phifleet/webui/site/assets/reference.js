// The API's own description, rendered, with its requests to be sent from here.

import { call, getText, Refusal } from "./api.js";
import { copyButton } from "./copy.js";
import { h, show } from "./dom.js";
import { millis } from "./format.js";
import { yaml } from "./libraries.js";
import { inline, prose } from "./prose.js";
import { resolved, schema } from "./schema.js";
import { snippets } from "./snippets.js";

const METHODS = ["get", "post", "put", "delete", "patch"];

export async function open(element) {
  const head = h("div", { class: "page-head" }, h("div", {}, h("h1", {}, "The API"), h("p", { class: "lead" }, "Every route, field and error.")),
    h("a", { class: "button quiet", href: "openapi.yaml", download: "openapi.yaml" }, "openapi.yaml"));
  const body = h("div", { class: "reference" }, h("p", { class: "notice" }, "Reading the description …"));
  const cards = new Map();
  show(element, head, body);
  load();

  async function load() {
    try {
      const [text, reader] = await Promise.all([getText("openapi.yaml"), yaml()]);
      draw(reader.load(text));
    } catch (failure) {
      show(body, h("div", { class: "notice bad", role: "alert" }, h("p", {}, `The description could not be read: ${failure.message}`),
        h("button", { type: "button", onclick: load }, "Try again")));
    }
  }

  function draw(root) {
    const operations = Object.entries(root.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) => ({ path, method, ...item[method] })));
    operations.forEach((operation) => cards.set(operation.operationId, operationCard(operation, root)));
    const tags = root.tags.map((tag) => ({ ...tag, operations: operations.filter((operation) => operation.tags?.includes(tag.name)) }));
    show(body,
      h("nav", { class: "reference-nav", aria: { label: "Routes" } }, tags.map((tag) =>
        h("div", {}, h("p", { class: "nav-tag" }, tag.name),
          h("ul", { class: "plain" }, tag.operations.map((operation) =>
            h("li", {}, h("a", { href: `#api/${operation.operationId}` }, method(operation.method), h("span", {}, operation.path)))))))),
      h("div", { class: "reference-body stack" },
        h("section", { class: "card prose" }, h("h2", {}, `${root.info.title} ${root.info.version}`), prose(root.info.description)),
        tags.map((tag) => h("section", { class: "stack", aria: { labelledby: `tag-${tag.name}` } },
          h("h2", { id: `tag-${tag.name}`, class: "tag-title" }, tag.name, h("span", { class: "small" }, tag.description)),
          tag.operations.map((operation) => cards.get(operation.operationId).element)))));
    arrive(pending);
  }

  let pending = "";
  function arrive(rest) {
    pending = rest;
    const card = cards.get(rest.slice(1));
    if (card) {
      // Before it is scrolled to: what grows later would push away what is read.
      card.fill();
      card.element.open = true;
      card.element.scrollIntoView({ block: "start" });
      card.element.querySelector("summary").focus({ preventScroll: true });
    }
  }
  return { arrive };
}

const method = (name) => h("span", { class: "method", data: { method: name } }, name.toUpperCase());

/** A route, folded; what is in it is drawn by `fill`, or when a person first unfolds it. */
function operationCard(operation, root) {
  const content = h("div", { class: "operation-body stack" });
  let drawn = false;
  const fill = () => {
    if (!drawn) {
      drawn = true;
      show(content, inside(operation, root));
    }
  };
  const element = h("details", {
    class: "card operation",
    data: { operation: operation.operationId },
    ontoggle: (event) => {
      if (event.target.open && event.target === event.currentTarget) {
        fill();
      }
    },
  }, h("summary", {}, method(operation.method), h("code", { class: "path" }, operation.path), h("span", { class: "summary-text" }, operation.summary)), content);
  return { element, fill };
}

function inside(operation, root) {
  const request = resolved(operation.requestBody, root);
  const media = request && Object.entries(request.content);
  return [
    h("div", { class: "prose" }, prose(operation.description)),
    parameters(operation, root),
    media?.map(([type, content]) => h("div", {}, h("h3", {}, "Request ", h("span", { class: "small" }, type)), schema(content.schema, root))),
    responses(operation, root),
    attempt(operation, media?.[0]?.[1]),
  ];
}

function parameters(operation, root) {
  const list = (operation.parameters ?? []).map((parameter) => resolved(parameter, root));
  return list.length > 0 && h("div", {}, h("h3", {}, "Parameters"),
    h("dl", { class: "fields" }, list.map((one) => [
      h("dt", {}, h("code", {}, one.name), one.required && h("span", { class: "required" }, "required")),
      h("dd", {}, h("span", { class: "type" }, one.in), " ", inline(one.description), one.schema && schema(one.schema, root, 9)),
    ])));
}

function responses(operation, root) {
  return h("div", {}, h("h3", {}, "Answers"),
    h("ul", { class: "plain answers" }, Object.entries(operation.responses).map(([status, given]) => {
      const response = resolved(given, root);
      const content = Object.entries(response.content ?? {});
      return h("li", {}, h("details", {},
        h("summary", {}, h("span", { class: "status", data: { kind: status[0] } }, status), " ", inline(response.description)),
        content.map(([type, { schema: of }]) => h("div", {}, h("p", { class: "small" }, type), of && schema(of, root)))));
    })));
}

/** Sends the route's example, or what a person makes of it. A stream would never end. */
function attempt(operation, content) {
  const streams = "text/event-stream" in (operation.responses["200"]?.content ?? {});
  if (streams || operation.path.includes("{") || (operation.method !== "get" && !content)) {
    return null;
  }
  const example = content?.example ?? Object.values(content?.examples ?? {})[0]?.value;
  const name = `body-${operation.operationId}`;
  const field = content && h("textarea", { id: name, class: "code-field", rows: 6, spellcheck: false, value: JSON.stringify(example ?? {}, null, 2) });
  const output = h("div", { class: "stack", role: "status" });
  const button = h("button", { type: "submit", class: "primary" }, "Send");
  const path = operation.path.slice(1);

  async function send(event) {
    event.preventDefault();
    button.disabled = true;
    const started = performance.now();
    try {
      const body = field && JSON.parse(field.value);
      const response = await call(path, field ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {});
      const text = await response.text();
      answered(`${response.status}`, pretty(text), performance.now() - started, body);
    } catch (failure) {
      const status = failure instanceof Refusal ? `${failure.status}` : "";
      answered(status, failure.message, performance.now() - started, null);
    } finally {
      button.disabled = false;
    }
  }

  function answered(status, text, elapsed, body) {
    show(output,
      h("div", { class: "row between" },
        h("p", {}, status && h("span", { class: "status", data: { kind: status[0] } }, status), h("span", { class: "small" }, ` ${millis(elapsed)}`)),
        copyButton("Copy", () => text)),
      h("pre", { class: "snippet", tabIndex: 0, role: "region", aria: { label: "Answer" } }, text.slice(0, 20_000)),
      body && snippets(path, { body }));
  }

  return h("form", { class: "attempt", onsubmit: send },
    h("h3", {}, "Try it"),
    field && [h("label", { class: "field-label small", htmlFor: name }, "Body"), field],
    h("div", { class: "row end" }, button),
    output);
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
