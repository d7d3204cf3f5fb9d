// What one model has to do, as a row of a table. Made once; after that its cells alone are written, so that nobody's click or focus is lost.

import { h } from "./dom.js";
import { ABSENT, millis, number } from "./format.js";
import { last } from "./history.js";
import { fleet } from "./live.js";
import { isOperated } from "./operate-button.js";
import { sharesDialog } from "./shares-dialog.js";
import { sparkline } from "./sparkline.js";

/** What stands for a model where a request names none. */
const PLACEHOLDERS = { "(none)": "without a model", "(unknown)": "models that nobody holds", "(others)": "all others" };

/** `shared` is called once an operator has given it shares. */
export function modelRow(name, shared) {
  const cells = Object.fromEntries(["kind", "workers", "rate", "line", "errors", "p50", "p99", "waiting"].map((cell) =>
    [cell, h("td", { class: { kind: "small", line: "line-cell" }[cell] ?? "numeric" })]));
  const share = h("button", { type: "button", class: "quiet", aria: { label: `Give ${name} shares` }, onclick: () => sharesDialog(name, { changed: shared }) }, "Shares");
  const action = h("td", {}, share);
  const element = h("tr", {},
    h("th", { scope: "row" }, PLACEHOLDERS[name] ?? h("a", { href: `#fleet/model/${encodeURIComponent(name)}`, class: "model-link" }, name)),
    Object.values(cells), action);

  /** `held` is its kind and how many workers have it, undefined where none has; `measured` the courses of all models. */
  function update(held, measured) {
    const rates = measured.rates?.get(name);
    const of = (metric) => last(measured[metric]?.get(name));
    cells.kind.textContent = held?.kind ?? ABSENT;
    cells.workers.textContent = held ? number(held.workers) : ABSENT;
    cells.rate.textContent = number(last(rates?.slice(-2)), 1);
    cells.line.replaceChildren(sparkline(rates, `Requests a second of ${name}, the last 15 minutes`) || "");
    cells.errors.textContent = number(of("errors"), 1);
    cells.errors.dataset.alarm = String(of("errors") > 0);
    cells.p50.textContent = millis(of("p50"));
    cells.p99.textContent = millis(of("p99"));
    cells.waiting.textContent = number(of("queue"));
    action.hidden = !isOperated();
    // What has shares is changed where these are shown.
    share.hidden = !held || (fleet.gateway?.weights ?? []).includes(name);
  }

  return { element, update };
}
