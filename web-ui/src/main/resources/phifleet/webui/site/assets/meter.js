// A bar that is as long as a share of one. The length is set as a number: CSS refuses "98 %", and a refused width is a full bar.

import { h } from "./dom.js";

/** `label` is what is read aloud, where no text beside the bar says it. */
export function meter(share, { label, look = "" } = {}) {
  const bar = h("div", { class: `meter ${look}`.trim(), ...(label ? { role: "img", aria: { label } } : {}) }, h("span"));
  setMeter(bar, share);
  return bar;
}

/** Gives a bar another length. */
export function setMeter(bar, share) {
  const part = String(Math.min(1, Math.max(0, Number(share) || 0)));
  if (bar.dataset.share !== part) {
    bar.dataset.share = part;
    bar.firstChild.style.width = `${part * 100}%`;
  }
}
