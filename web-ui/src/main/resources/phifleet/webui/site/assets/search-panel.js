// Images of the index: by a picture, by one that is there, by words, or by what was found in them.

import { h, show } from "./dom.js";
import { field, headPanel, labelsOf } from "./head-panel.js";
import { indexedImage } from "./indexed-image.js";
import { pictureField } from "./picture-field.js";

const MOST = 200;
const USUAL = 24;

/** The kinds of a match, from the nearest on, each apart from the others. */
const GROUPS = [
  { title: "Exactly it", about: "The same file, or the same pixels in another one.", matches: ["exact", "pixels"] },
  { title: "Nearly it", about: "So alike that it counts as a near duplicate.", matches: ["near"] },
  { title: "Similar", about: "The nearest of the others.", matches: ["similar"] },
  { title: "By the words", about: "", matches: ["text"] },
  { title: "With these labels", about: "The newest first.", matches: ["labels"] },
  { title: "In which it is written", about: "The newest first.", matches: ["ocr"] },
];

/** `files` has the pictures that this tab put in; the index keeps none. */
export function searchPanel({ files }) {
  const picture = pictureField("search-image");
  const text = h("input", { id: "search-text", autocomplete: "off", maxLength: 1_000, placeholder: "a dog on a bicycle" });
  const liked = h("p", { class: "liked" });
  const fields = {
    picture: picture.element,
    words: field("What is to be seen, where the index's encoder knows words", text),
    like: h("div", { class: "head-field" }, h("p", { class: "field-label" }, "More like"), liked),
    labels: h("p", { class: "small" }, "All images with the labels below and what is written in them, the newest first."),
  };
  const names = { picture: "By a picture", words: "By words", like: "More like one", labels: "By labels alone" };
  const labels = h("input", { id: "search-labels", autocomplete: "off", placeholder: "dog, bicycle" });
  const written = h("input", { id: "search-written", autocomplete: "off", maxLength: 500, placeholder: "invoice 4711" });
  const score = h("input", { id: "search-score", type: "number", min: -1, max: 1, step: 0.01, placeholder: "none" });
  const count = h("input", { id: "search-count", type: "number", min: 1, max: MOST, step: 1, value: USUAL, required: true });
  const stage = h("div", {});
  let way = "picture";
  let like = null;
  let made = [];

  const buttons = Object.fromEntries(Object.entries(names).map(([name, title]) =>
    [name, h("button", { type: "button", class: "segment", hidden: name === "like", onclick: () => choose(name) }, title)]));
  const panel = headPanel({
    fields: [
      h("div", { class: "segments search-ways", role: "group", aria: { label: "How to search" } }, Object.values(buttons)),
      stage,
      h("div", { class: "search-filters" }, field("Each of these labels", labels), field("Written in it", written), field("Least score", score), field("At most", count)),
    ],
    note: "The score is the cosine of the vectors.",
    action: "Search",
    empty: "What is found stands here.",
    ask: () => [request()],
    draw: ([answer]) => found(answer),
  });

  function choose(name) {
    way = name;
    Object.entries(buttons).forEach(([other, button]) => button.setAttribute("aria-pressed", String(other === name)));
    show(stage, fields[name]);
  }

  function request() {
    const filters = {
      k: count.valueAsNumber,
      ...(score.value === "" ? {} : { min_score: score.valueAsNumber }),
      ...(labelsOf(labels.value).length > 0 ? { labels: labelsOf(labels.value) } : {}),
      ...(written.value.trim() === "" ? {} : { ocr_text: written.value.trim() }),
    };
    if (way === "picture") {
      if (!picture.file()) {
        throw new Error("Choose an image first.");
      }
      return { path: `search?${new URLSearchParams(filters)}`, file: picture.file() };
    }
    if (way === "labels" && !filters.labels && !filters.ocr_text) {
      throw new Error("Name a label first, or what is written.");
    }
    if (way === "words" && text.value.trim() === "") {
      throw new Error("Say first what is to be seen.");
    }
    const what = { picture: {}, labels: {}, words: { text: text.value }, like: { id: like?.image } }[way];
    return { path: "search", body: { ...what, ...filters } };
  }

  function found(answer) {
    made.forEach((picture) => picture.away());
    made = answer.results.map((result) => indexedImage(result, { file: files.get(result.image), similar: () => moreLike(result.image, result.id), label: addLabel }));
    const named = h("input", { id: "search-named", type: "search", autocomplete: "off", oninput: () => narrow() });
    const shown = h("p", { class: "small", role: "status" });
    const groups = GROUPS.map(({ title, about, matches }) => {
      const mine = made.filter(({ result }) => matches.includes(result.match));
      return { mine, element: h("section", { class: "card found", data: { match: matches[0] } }, h("h3", {}, title), about && h("p", { class: "small" }, about), h("ul", { class: "plain found-list" }, mine.map(({ element }) => element))) };
    });

    /** What was found, by what its name and notes say. */
    function narrow() {
      const wanted = named.value.trim().toLowerCase();
      let fit = 0;
      for (const { mine, element } of groups) {
        mine.forEach((one) => (one.element.hidden = !one.says.includes(wanted)));
        const here = mine.filter((one) => !one.element.hidden).length;
        element.hidden = here === 0;
        fit += here;
      }
      shown.textContent = answer.results.length === 0
        ? "Nothing was found."
        : `${fit} of ${answer.results.length} shown; near duplicates from a score of ${answer.near_duplicate_threshold} on, by ${answer.model}.`;
    }
    narrow();
    return [
      h("section", { class: "card" }, field("Of these only whose name, label or note has", named), shown),
      ...groups.map(({ element }) => element),
    ];
  }

  function addLabel(label) {
    labels.value = [...new Set([...labelsOf(labels.value), label])].join(", ");
    panel.send();
  }

  function moreLike(image, name) {
    like = { image };
    show(liked, h("code", {}, name ?? image));
    buttons.like.hidden = false;
    choose("like");
    panel.element.scrollIntoView({ block: "start" });
    buttons.like.focus({ preventScroll: true });
    panel.send();
  }

  choose(way);
  return { element: h("section", { class: "stack", aria: { labelledby: "search-title" } }, h("h2", { id: "search-title" }, "Find images"), panel.element), moreLike };
}
