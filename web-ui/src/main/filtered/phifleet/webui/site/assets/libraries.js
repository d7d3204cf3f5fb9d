// The libraries of other people, each fetched when it is first needed. Their paths carry their version, so that a browser may
// keep them for good.

const KATEX = "lib/katex/@katex.version@/";
const UPLOT = "lib/uplot/@uplot.version@/";
const YAML = "lib/js-yaml/@js-yaml.version@/";

const loading = new Map();

/** Typesets LaTeX: window.katex. */
export const katex = () => once(KATEX, async () => {
  await Promise.all([style(`${KATEX}katex.min.css`), script(`${KATEX}katex.min.js`)]);
  return window.katex;
});

/** Draws time series: window.uPlot. */
export const uPlot = () => once(UPLOT, async () => {
  await Promise.all([style(`${UPLOT}uPlot.min.css`), script(`${UPLOT}uPlot.iife.min.js`)]);
  return window.uPlot;
});

/** Reads YAML: window.jsyaml. */
export const yaml = () => once(YAML, async () => {
  await script(`${YAML}js-yaml.min.js`);
  return window.jsyaml;
});

function once(name, load) {
  if (!loading.has(name)) {
    const started = load();
    started.catch(() => loading.delete(name));
    loading.set(name, started);
  }
  return loading.get(name);
}

const script = (path) => element("script", { src: address(path) });

const style = (path) => element("link", { rel: "stylesheet", href: address(path) });

const address = (path) => new URL(path, import.meta.url).href;

function element(tag, attributes) {
  return new Promise((loaded, failed) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.addEventListener("load", loaded, { once: true });
    made.addEventListener("error", () => {
      made.remove();
      failed(new Error(`${attributes.src ?? attributes.href} could not be loaded`));
    }, { once: true });
    document.head.append(made);
  });
}
