// The last lines of a worker's log, for who has the admin key. It is asked for when they are wanted, and kept for this tab alone.

import { adminKey, asOperator, askForAdminKey } from "./admin-key.js";
import { askWorker } from "./ask-worker.js";
import { h, show } from "./dom.js";
import { clock } from "./format.js";
import { fleet } from "./live.js";

const LINES = 200;

/** Those of the worker of that id. */
export function logLines(id) {
  const list = h("ol", { class: "log-lines", tabIndex: 0, aria: { label: `The last lines of the log of ${id}` } });
  const says = h("p", { class: "small", role: "status" }, adminKey() ? "" : "Asks for the admin key.");
  const button = h("button", { type: "button" });
  const element = h("section", { class: "card", aria: { labelledby: "lines-title" } },
    h("div", { class: "row between wrap" }, h("h2", { id: "lines-title" }, "Log"), button),
    says, list);

  button.addEventListener("click", () => read(true));
  list.hidden = true;
  idle();

  function idle() {
    button.textContent = adminKey() ? "Read it again" : "Show its last lines";
  }

  async function read(mayAsk) {
    if (!adminKey() && !(mayAsk && (await askForAdminKey()))) {
      return;
    }
    button.disabled = true;
    try {
      const { lines } = await (await askWorker(id, `logs?lines=${LINES}`, {}, asOperator)).json();
      says.textContent = lines.length === 0 ? "It has said nothing yet." : `The last ${lines.length} lines, read at ${clock(new Date())}.`;
      show(list, lines.map(line));
      list.hidden = false;
      list.scrollTop = list.scrollHeight;
    } catch (failure) {
      says.textContent = failure.status === 404 && (fleet.workers.get(id)?.state ?? "gone") !== "gone"
        ? `${id} has no admin key, so that nobody reads its log from here: set PHI_ADMIN_KEY.`
        : failure.message;
    } finally {
      button.disabled = false;
      idle();
    }
  }

  const line = (one) =>
    h("li", { data: { level: one.level } },
      h("time", { dateTime: one.at }, clock(new Date(one.at))),
      h("span", { class: "level" }, one.level),
      h("span", { class: "logger" }, one.logger),
      h("span", { class: "message" }, one.message, one.request_id && h("span", { class: "small" }, ` ${one.request_id}`)));

  return { element, read: () => read(false) };
}
