// Elements, made without a string of HTML, so that nothing anybody typed is ever taken for markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element: properties by name, `on…` listeners, `data` and `aria` objects, children that are nodes, texts or nothing. */
export function h(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

/** The same in SVG, where all properties are attributes. */
export function s(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children.flat(9).filter(isSomething));
  return made;
}

/** Puts these children in place of all others. */
export function show(parent, ...children) {
  parent.replaceChildren(...children.flat(9).filter(isSomething));
  return parent;
}

/**
 * Has a list show what there is of each name, in their order. `drawn` keeps what was made by name, each with its `element`: it stays, and is
 * not touched where it stands right, so that nobody's click or focus is lost.
 */
export function arrange(list, drawn, names, make) {
  const wanted = new Set(names);
  for (const [name, { element }] of drawn) {
    if (!wanted.has(name)) {
      element.remove();
      drawn.delete(name);
    }
  }
  names.forEach((name, i) => {
    if (!drawn.has(name)) {
      drawn.set(name, make(name));
    }
    const { element } = drawn.get(name);
    if (list.children[i] !== element) {
      list.insertBefore(element, list.children[i] ?? null);
    }
  });
}

/** Says something to those who listen instead of looking. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else if (name === "aria") {
      Object.entries(value).forEach(([key, text]) => element.setAttribute(`aria-${key}`, text));
    } else if (name === "class") {
      element.className = value;
    } else if (name in element && name !== "list") {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(9).filter(isSomething));
  return element;
}

const isSomething = (child) => child !== undefined && child !== null && child !== false && child !== "";
