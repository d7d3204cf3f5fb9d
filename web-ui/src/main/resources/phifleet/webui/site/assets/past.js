// The equations judged before, in this browser only.

const PLACE = "phi-fleet.equations";
const MOST = 50;

export function past() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
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

export const forgetAll = () => keep([]);

function keep(entries) {
  try {
    localStorage.setItem(PLACE, JSON.stringify(entries));
  } catch {
    // A browser that keeps nothing has no history; nothing else depends on it.
  }
}
