// The frame: which page is shown, the theme, and the fleet's pulse at the top.

import { service } from "./api.js";
import { announce, h, show } from "./dom.js";
import { number } from "./format.js";
import { initKey } from "./key.js";
import { fleet, start, watch } from "./live.js";
import { initTheme } from "./theme.js";

const PAGES = {
  equations: { title: "Equations", load: () => import("./equations.js") },
  fleet: { title: "Fleet", load: () => import("./fleet.js") },
  playground: { title: "Playground", load: () => import("./playground.js") },
  images: { title: "Images", load: () => import("./images.js") },
  benchmarks: { title: "Benchmarks", load: () => import("./benchmarks.js") },
  api: { title: "API", load: () => import("./reference.js") },
};

const main = document.getElementById("main");
const opened = new Map();
let current = null;

/** The hash names the page, and behind a `?` or a `/` what is shown on it. */
function place() {
  const hash = location.hash.slice(1);
  const name = hash.split(/[?/]/, 1)[0];
  if (name in PAGES) {
    return { name, rest: hash.slice(name.length) };
  }
  return { name: /\/docs$/.test(location.pathname) ? "api" : "equations", rest: "" };
}

async function navigate(event) {
  const { name, rest } = place();
  document.title = `${PAGES[name].title} · Phi Fleet`;
  for (const link of document.querySelectorAll(".tabs a")) {
    if (link.hash === `#${name}`) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  if (!opened.has(name)) {
    const element = h("div", { class: `page page-${name}` });
    opened.set(name, { element, page: PAGES[name].load().then((module) => module.open(element)) });
  }
  const { element, page } = opened.get(name);
  if (current !== name) {
    const first = current === null;
    current = name;
    show(main, element);
    if (!first) {
      window.scrollTo(0, 0);
      announce(PAGES[name].title);
      main.focus({ preventScroll: true });
    }
  }
  try {
    (await page).arrive?.(rest, event !== undefined);
  } catch (failure) {
    show(element, notLoaded(failure.message));
  }
}

/** A module that failed once stays failed in this document, so that trying again is loading anew, once the server answers. */
function notLoaded(problem) {
  const says = h("span", {}, `This page could not be loaded: ${problem} `);
  const button = h("button", {
    type: "button",
    onclick: async () => {
      button.disabled = true;
      try {
        await service();
        location.reload();
      } catch (failure) {
        says.textContent = `This page could not be loaded: ${failure.message} `;
        button.disabled = false;
      }
    },
  }, "Try again");
  return h("p", { class: "notice bad", role: "alert" }, says, button);
}

function pulse({ mode, workers, gateway }) {
  const all = [...workers.values()];
  const ready = gateway ? gateway.workers.ready : all.filter((worker) => worker.state === "ready").length;
  const rate = all.reduce((sum, worker) => sum + (worker.requests_per_second ?? 0), 0);
  const known = mode === "live" || mode === "alone";
  const text = known ? `${ready} ready · ${number(rate, rate < 10 ? 1 : 0)}/s` : mode === "broken" ? "reconnecting" : "connecting";
  const link = document.getElementById("pulse");
  link.dataset.state = known ? (ready > 0 ? "ready" : "ejected") : mode;
  link.setAttribute("aria-label", `Fleet: ${text}`);
  document.getElementById("pulse-text").textContent = text;
}

initTheme(document.getElementById("theme"));
initKey(document.getElementById("key"));
window.addEventListener("hashchange", navigate);
navigate();
watch(pulse);
pulse(fleet);
start();
