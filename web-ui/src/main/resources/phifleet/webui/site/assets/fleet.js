// The pages of the fleet: all of it, and each worker's and each model's own.

import { announce, show } from "./dom.js";
import { fleetOverview } from "./fleet-overview.js";
import { watch } from "./live.js";
import { modelPage } from "./model-page.js";
import { workerPage } from "./worker-page.js";

const PLACE = /^\/(worker|model)\/([^/?]+)$/;

const PAGES = { worker: workerPage, model: modelPage };

export function open(element) {
  const overview = fleetOverview();
  let shown = null;
  let name = null;

  /** `rest` is what stands behind the page's name in the hash. */
  function arrive(rest = "", moved = false) {
    const [, kind, asked] = PLACE.exec(rest) ?? [];
    const next = kind === undefined ? "" : `${kind} ${decoded(asked)}`;
    if (next !== name) {
      const first = name === null;
      name = next;
      shown = name === "" ? overview : PAGES[kind](decoded(asked));
      show(element, shown.element);
      if (!first && moved) {
        window.scrollTo(0, 0);
        announce(name === "" ? "Fleet" : decoded(asked));
        document.getElementById("main").focus({ preventScroll: true });
      }
    }
    shown.arrive();
  }

  watch(() => element.isConnected && shown?.update());
  return { arrive };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
