// Links to where else the fleet is shown, as its gateway is told; none where it is not.

import { h, show } from "./dom.js";
import { fleet } from "./live.js";

const NAMES = { grafana: "Grafana", prometheus: "Prometheus" };

export function elsewhere() {
  const element = h("nav", { class: "elsewhere row wrap", aria: { label: "The fleet elsewhere" }, hidden: true });
  let drawn = "";
  return {
    element,
    update() {
      const links = Object.entries(fleet.gateway?.links ?? {}).filter(([name, url]) => name in NAMES && /^https?:/.test(url));
      const now = links.join("\n");
      if (now !== drawn) {
        drawn = now;
        element.hidden = links.length === 0;
        show(element, links.map(([name, url]) => h("a", { class: "button quiet", href: url, target: "_blank", rel: "noreferrer" }, NAMES[name])));
      }
    },
  };
}
