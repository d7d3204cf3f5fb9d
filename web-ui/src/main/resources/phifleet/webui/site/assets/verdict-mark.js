// A verdict's sign in its colour, where it stands before an equation.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { sign } from "./verdicts.js";

export const verdictMark = (tone, title) => h("span", { class: "past-sign", data: { tone }, title }, icon(sign(tone)));
