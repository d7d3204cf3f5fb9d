// A bar that is as long as a share of one. The length is set as a number: CSS refuses "98 %", and a refused width is a full bar.

import { h } from "./dom.js";

/** `label` is what is read aloud, where no text beside the bar says it. */
export function meter(share, { label, look = "" } = {}) {
  const part = Math.min(1, Math.max(0, Number(share) || 0));
  const bar = h("div", { class: `meter ${look}`.trim(), data: { share: String(part) }, ...(label ? { role: "img", aria: { label } } : {}) }, h("span"));
  bar.firstChild.style.width = `${part * 100}%`;
  return bar;
}
