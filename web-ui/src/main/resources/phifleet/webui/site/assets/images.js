// The index of images: put some in, find some again.

import { getJson } from "./api.js";
import { h, show } from "./dom.js";
import { bytes, number } from "./format.js";
import { ingestPanel } from "./ingest-panel.js";
import { fleet, watch } from "./live.js";
import { searchPanel } from "./search-panel.js";

export function open(element) {
  const files = new Map();
  const about = h("p", { class: "lead" });
  const stage = h("div", {});
  const search = searchPanel({ files });
  const ingest = ingestPanel({ like: search.moreLike, files, ended: read });
  const both = h("div", { class: "images-columns" }, ingest.element, search.element);
  let kept = null;

  show(element, h("div", { class: "page-head" }, h("div", {}, h("h1", {}, "Images"), about)), stage);

  /** Whether an index is kept is known of each worker: it is not asked for where there is none. */
  function update() {
    const known = fleet.mode === "live" || fleet.mode === "alone";
    const now = known ? [...fleet.workers.values()].some((worker) => worker.index) : null;
    if (now === kept && stage.hasChildNodes()) {
      return;
    }
    // A keeper that is gone for a moment takes nothing away from who is at it.
    if (stage.firstChild === both) {
      kept = now;
      return;
    }
    kept = now;
    if (now) {
      show(stage, both);
      read();
    } else {
      about.textContent = "An index in which each image is once, found again by what it looks like.";
      show(stage, h("p", { class: "notice" }, now === null
        ? "Asking who keeps an index …"
        : ["No worker of this fleet keeps an index of images. One with an image encoder does, once ", h("code", {}, "ingest.folder"), " or ", h("code", {}, "PHI_INGEST_FOLDER"), " names a folder."]));
    }
  }

  async function read() {
    try {
      const state = await getJson("index", { unasked: true });
      about.textContent = `${number(state.images)} images, ${bytes(state.bytes)}; by ${state.encoder.model}${state.detector ? ` and ${state.detector}` : ""}; near from ${state.near_duplicate_threshold} on.`;
    } catch (failure) {
      about.textContent = failure.message;
    }
  }

  watch(() => element.isConnected && update());
  return { arrive: update };
}
