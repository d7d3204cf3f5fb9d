// The equations judged before, in this browser only.

import { inBrowser } from "./storage.js";

const PLACE = "phi-fleet.equations";
const MOST = 50;

export function past() {
  try {
    const kept = JSON.parse(inBrowser.get(PLACE) ?? "[]");
    return Array.isArray(kept) ? kept.filter((entry) => typeof entry?.equation === "string") : [];
  } catch {
    return [];
  }
}

/** Puts an equation first; one that was there moves up. */
export function remember(equation, verdict) {
  const others = past().filter((entry) => entry.equation !== equation);
  keep([{ equation, verdict, at: Date.now() }, ...others].slice(0, MOST));
}

const keep = (entries) => inBrowser.set(PLACE, JSON.stringify(entries));

export const forgetAll = () => keep([]);
