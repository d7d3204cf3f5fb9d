// The little of Markdown that descriptions use: paragraphs, `code` and **strong**.

import { h } from "./dom.js";

export const prose = (text) =>
  (text ?? "").trim().split(/\n\s*\n/).filter(Boolean).map((paragraph) => h("p", {}, inline(paragraph)));

export const inline = (text) =>
  String(text ?? "").split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) =>
    part.startsWith("`") ? h("code", {}, part.slice(1, -1)) : part.startsWith("**") ? h("strong", {}, part.slice(2, -2)) : part);
