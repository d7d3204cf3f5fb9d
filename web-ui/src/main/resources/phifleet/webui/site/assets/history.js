// What the gateway remembers, read a course at a time. Where there is no gateway there is none.

import { getJson } from "./api.js";
import { fleet } from "./live.js";

/** The times that charts can show: how long, and by which steps, in seconds. */
export const RANGES = {
  "5 min": { seconds: 300, step: 5 },
  "1 h": { seconds: 3_600, step: 15 },
  "24 h": { seconds: 86_400, step: 300 },
};

/**
 * The courses of a metric: `times` in seconds since 1970 and `series`, each with its `name` and `values`; null where they cannot be had.
 * `of` is a subject, as { worker: id }, or { by: "worker" } for all; nothing for the fleet.
 */
export async function courses(metric, { seconds, step }, of = {}) {
  if (fleet.mode !== "live") {
    return null;
  }
  const query = new URLSearchParams({ metric, from: `-${seconds}`, step, ...of });
  try {
    const answer = await getJson(`fleet/history?${query}`, { unasked: true, timeout: 10_000 });
    const from = Date.parse(answer.from) / 1000;
    const steps = Math.round((Date.parse(answer.to) / 1000 - from) / answer.step_seconds) + 1;
    // Of the step that has just begun the gateway may know nothing yet.
    const length = answer.series.some(({ values }) => values.at(-1) !== null) ? steps : steps - 1;
    return {
      times: Array.from({ length }, (_, i) => from + i * answer.step_seconds),
      series: answer.series.map(({ values, ...name }) => ({ name: Object.values(name)[0] ?? "", values: values.slice(0, length) })),
    };
  } catch {
    // The banner says what is wrong with the gateway; what was drawn stands until it is back.
    return null;
  }
}

/** One subject's course, as uPlot takes it. A gateway that knows nothing of it yet has an empty one. */
export async function course(metric, range, of) {
  const found = await courses(metric, range, of);
  return found && [found.times, found.series[0]?.values ?? found.times.map(() => null)];
}

/** The last value that is one; undefined where there is none. */
export const last = (values) => values?.findLast((value) => value !== null) ?? undefined;

/**
 * Gives what runs a task now, and from then on each so many ms for as long as an element is shown. `needsGateway` is whether it is left out
 * where none is there.
 */
export function repeat(element, millis, task, needsGateway = true) {
  let busy = false;
  let timer = null;
  const turn = async () => {
    if (!element.isConnected) {
      clearInterval(timer);
      timer = null;
      return;
    }
    if (busy || document.hidden || (needsGateway && fleet.mode !== "live")) {
      return;
    }
    busy = true;
    try {
      await task();
    } finally {
      busy = false;
    }
  };
  return () => {
    timer ??= setInterval(turn, millis);
    return turn();
  };
}
