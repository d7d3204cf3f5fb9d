// Light, dark, or as the system says; kept in this browser.

import { show } from "./dom.js";
import { icon } from "./icons.js";
import { inBrowser } from "./storage.js";

const PLACE = "phi-fleet.theme";
const NEXT = { auto: "light", light: "dark", dark: "auto" };
const ICONS = { auto: "auto", light: "sun", dark: "moon" };

/** Sets the theme, and lets a button change it. */
export function initTheme(button) {
  let theme = inBrowser.get(PLACE);
  theme = theme in NEXT ? theme : "auto";
  const apply = () => {
    if (theme === "auto") {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = theme;
    }
    button.setAttribute("aria-label", `Theme: ${theme}. Change to ${NEXT[theme]}`);
    button.title = `Theme: ${theme}`;
    show(button, icon(ICONS[theme]));
    window.dispatchEvent(new Event("themechange"));
  };
  button.addEventListener("click", () => {
    theme = NEXT[theme];
    inBrowser.set(PLACE, theme);
    apply();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => window.dispatchEvent(new Event("themechange")));
  apply();
}

/** A colour of the style sheet as rgb or rgba, for what is drawn by script. */
export function colour(name, alpha = 1) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const rgb = getComputedStyle(probe).color;
  probe.remove();
  return alpha === 1 ? rgb : rgb.replace(/^rgb\((.*)\)$/, `rgba($1, ${alpha})`);
}
