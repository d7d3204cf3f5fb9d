// The pages of the fleet: all of it, and each worker's own.

import { announce, show } from "./dom.js";
import { fleetOverview } from "./fleet-overview.js";
import { watch } from "./live.js";
import { workerPage } from "./worker-page.js";

const WORKER = /^\/worker\/([^/?]+)$/;

export function open(element) {
  const overview = fleetOverview();
  let shown = null;
  let name = null;

  /** `rest` is what stands behind the page's name in the hash. */
  function arrive(rest = "", moved = false) {
    const asked = WORKER.exec(rest)?.[1];
    const next = asked === undefined ? "" : decoded(asked);
    if (next !== name) {
      const first = name === null;
      name = next;
      shown = name === "" ? overview : workerPage(name);
      show(element, shown.element);
      if (!first && moved) {
        window.scrollTo(0, 0);
        announce(name === "" ? "Fleet" : name);
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
