// Folders of images into the index, with what became of each.

import { announce, h, show } from "./dom.js";
import { ACCEPTED, MOST_FILES, chosen, dropped } from "./dropped-files.js";
import { bytes, number } from "./format.js";
import { icon } from "./icons.js";
import { ENDED, ingestQueue } from "./ingest-queue.js";
import { meter, setMeter } from "./meter.js";

const MOST_SHOWN = 300;

const STATES = {
  queued: { word: "queued", tone: "open" },
  sending: { word: "sending", tone: "open" },
  indexed: { word: "indexed", tone: "good" },
  near: { word: "near", tone: "fair" },
  duplicate: { word: "duplicate", tone: "fair" },
  failed: { word: "failed", tone: "bad" },
  cancelled: { word: "cancelled", tone: "bad" },
};
const SIGNS = { good: "check", fair: "copy", bad: "cross" };

/** `like(image, name)` is asked for what is like an image; `files` keeps the files that are in the index by their name there. */
export function ingestPanel({ like, files, ended }) {
  const queue = ingestQueue({ changed: (item) => { changed.add(item); tell(); }, ended: () => { tell(); announce(words()); ended(); } });
  const changed = new Set();
  const rows = new Map();
  let frame = 0;

  const one = h("input", { id: "ingest-files", type: "file", multiple: true, accept: ACCEPTED, onchange: () => given(chosen(one)) });
  const folder = h("input", { id: "ingest-folder", type: "file", webkitdirectory: true, onchange: () => given(chosen(folder)) });
  const zone = h("div", {
    class: "drop",
    ondragover: (event) => { event.preventDefault(); zone.dataset.over = "true"; },
    ondragleave: () => delete zone.dataset.over,
    ondrop: (event) => { event.preventDefault(); delete zone.dataset.over; given(dropped(event.dataTransfer)); },
  },
  h("p", {}, "Drop a folder of images here, or choose:"),
  h("div", { class: "row wrap" }, h("label", { class: "inline", htmlFor: "ingest-files" }, "Images"), one),
  h("div", { class: "row wrap" }, h("label", { class: "inline", htmlFor: "ingest-folder" }, "A folder"), folder));
  const left = h("p", { class: "small", role: "status" });
  const progress = meter(0, { label: "Sent" });
  const said = h("p", { class: "small ingest-said" });
  const cancel = h("button", { type: "button", onclick: () => queue.cancel() }, "Cancel");
  const again = h("button", { type: "button", onclick: () => queue.again() }, "Send the failed again");
  const clear = h("button", { type: "button", class: "quiet", onclick: forget }, "Clear the list");
  const only = h("input", { id: "ingest-only", type: "checkbox", onchange: list });
  const body = h("tbody", {});
  const more = h("p", { class: "small" });
  const out = h("div", { class: "stack", hidden: true },
    progress,
    said,
    h("div", { class: "row wrap" }, cancel, again, clear, h("label", { class: "check", htmlFor: "ingest-only" }, only, "Only the failed ones")),
    h("div", { class: "table-frame ingest-frame", tabIndex: 0, role: "region", aria: { label: "Images sent" } },
      h("table", { class: "ingest-table" },
        h("thead", {}, h("tr", {}, ["State", "Image", "What became of it", ""].map((title) => h("th", { scope: "col" }, title || h("span", { class: "hidden" }, "Action"))))),
        body)),
    more);
  const element = h("section", { class: "card", aria: { labelledby: "ingest-title" } }, h("h2", { id: "ingest-title" }, "Put images in"), zone, left, out);

  async function given(promise) {
    const { images, others, tooMany } = await promise;
    left.textContent = [
      images.length === 0 && "There is no image among what was given.",
      others > 0 && `Left out, since they are no images by their names: ${number(others)}.`,
      tooMany && `More than ${number(MOST_FILES)} at once are left out: scripts/ingest sends any number.`,
    ].filter(Boolean).join(" ");
    one.value = "";
    folder.value = "";
    queue.add(images);
  }

  function forget() {
    queue.clear();
    rows.clear();
    changed.clear();
    left.textContent = "";
    list();
    tell();
  }

  /** However many change between two frames, each is drawn once. */
  function tell() {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  }

  const isShown = ({ state }) => !only.checked || state === "failed" || state === "cancelled";

  function draw() {
    for (const item of changed) {
      const row = rows.get(item);
      if (item.answer) {
        files.set(item.answer.image, item.file);
      }
      if (row && isShown(item)) {
        row.update();
      } else if (row) {
        row.element.remove();
        rows.delete(item);
      } else if (isShown(item) && rows.size < MOST_SHOWN) {
        put(item);
      }
    }
    changed.clear();
    const count = counts();
    const total = queue.items.length;
    const done = queue.items.filter(({ state }) => ENDED.has(state)).length;
    out.hidden = total === 0;
    setMeter(progress, total === 0 ? 0 : done / total);
    progress.setAttribute("aria-label", `${number(done)} of ${number(total)} images`);
    said.textContent = words();
    cancel.disabled = done === total;
    again.disabled = (count.failed ?? 0) + (count.cancelled ?? 0) === 0;
    more.textContent = rows.size < MOST_SHOWN ? "" : `The first ${number(MOST_SHOWN)} are listed; all are counted.`;
  }

  function list() {
    rows.clear();
    body.replaceChildren();
    queue.items.filter(isShown).slice(0, MOST_SHOWN).forEach(put);
  }

  function put(item) {
    const row = ingestRow(item, like);
    rows.set(item, row);
    body.append(row.element);
  }

  const counts = () => Object.fromEntries(Object.entries(Object.groupBy(queue.items, ({ state }) => state)).map(([state, list]) => [state, list.length]));

  function words() {
    const count = counts();
    return `${number(queue.items.length)} ${queue.items.length === 1 ? "image" : "images"}: ${Object.entries(STATES).filter(([state]) => count[state]).map(([state, { word }]) => `${number(count[state])} ${word}`).join(", ")}.`;
  }

  return { element };
}

function ingestRow(item, like) {
  const state = h("td", {});
  const note = h("td", { class: "why" });
  const action = h("td", {});
  const element = h("tr", {}, state,
    h("td", {}, item.name, h("span", { class: "small source" }, bytes(item.file.size))), note, action);
  function update() {
    const { word, tone } = STATES[item.state];
    element.dataset.state = item.state;
    show(state, h("span", { class: "ingest-state", data: { tone } }, SIGNS[tone] && icon(SIGNS[tone]), word));
    note.textContent = item.note;
    show(action, item.answer && h("button", {
      type: "button",
      class: "quiet",
      aria: { label: `More like ${item.name}` },
      onclick: () => like(item.answer.image, item.name),
    }, "More like this"));
  }
  update();
  return { element, update };
}
