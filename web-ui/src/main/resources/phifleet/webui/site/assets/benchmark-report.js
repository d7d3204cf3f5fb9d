// From result files to what they say. No element is made here.

/** A tenth of the machine: with more, throughput says as much of the neighbours as of the target. */
const MOST_OTHERS = 0.1;

/** One file's text; throws where it is no result, saying what it lacks. */
export function read(text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("is no JSON.");
  }
  for (const [field, type] of [["framework", "string"], ["model", "string"], ["scenarios", "object"]]) {
    if (typeof json?.[field] !== type || json[field] === null) {
      throw new Error(`is no result of scripts/benchmark: it has no \`${field}\`.`);
    }
  }
  const system = json.system_info ?? {};
  return {
    framework: json.framework,
    model: json.model,
    system: `${system.cpu ?? "an unknown processor"}, ${system.cores ?? "?"} cores, ${system.memory_gb ?? "?"} GB`,
    loadMillis: json.model_load_time_ms,
    peakMemoryMb: json.peak_memory_mb,
    threads: json.threads ?? "",
    scenarios: json.scenarios,
    rounds: (Array.isArray(json.rounds) ? json.rounds : []).filter((round) => round && typeof round === "object")
      .map((round) => ({ ...round, faults: [round.faults ?? []].flat() })),
  };
}

/** What results of one model say together: the fastest first in each scenario. */
export function report(results) {
  const names = [...new Set(results.flatMap((result) => Object.keys(result.scenarios)))];
  const sorted = [...results].sort((a, b) => a.framework.localeCompare(b.framework, "en"));
  const scenarios = names.map((name) => scenario(name, sorted.filter((result) => result.scenarios[name])));
  return {
    model: results[0].model,
    systems: [...new Set(sorted.map((result) => result.system))],
    results: sorted,
    scenarios,
    remarks: remarks(sorted, scenarios),
  };
}

function scenario(name, results) {
  const rows = results.map((result) => {
    const own = result.scenarios[name];
    const good = valid(result, name);
    const rates = good.map((round) => round.texts_per_second).filter(Number.isFinite);
    return {
      framework: result.framework,
      textsPerSecond: own.texts_per_second ?? own.throughput_qps ?? 0,
      range: rates.length > 1 ? [Math.min(...rates), Math.max(...rates)] : null,
      latency: own.latency_ms ?? {},
      cpuPerThousand: own.cpu_seconds_per_1000_texts,
      rounds: good.length || undefined,
      connections: own.concurrency,
      load: good[0]?.load ?? "",
    };
  });
  rows.sort((a, b) => b.textsPerSecond - a.textsPerSecond);
  return { name, rows, load: rows[0]?.load, connections: rows[0]?.connections };
}

const valid = (result, name) => result.rounds.filter((round) => round.scenario === name && round.faults.length === 0);

function remarks(results, scenarios) {
  const said = [];
  if (new Set(results.map((result) => result.system)).size > 1) {
    said.push("The results are of several machines.");
  }
  for (const { framework, rounds } of results) {
    for (const round of rounds) {
      const where = `${framework}, ${round.scenario}, round ${round.round}`;
      if (round.faults.length > 0) {
        said.push(`${where} is left out: ${round.faults.join("; ")}`);
      } else if (round.others_cpu_share > MOST_OTHERS) {
        said.push(`${where}: other programs took ${Math.round(100 * round.others_cpu_share)} % of the machine`);
      }
    }
  }
  for (const { name, rows } of scenarios) {
    if (rows.length < results.length) {
      said.push(`${name}: not every framework has it`);
    } else if (new Set(rows.map((row) => row.rounds)).size > 1) {
      said.push(`${name}: frameworks have different numbers of valid rounds`);
    }
    if (new Set(results.flatMap((result) => valid(result, name).map((round) => round.plan))).size > 1) {
      said.push(`${name}: loads, texts or models differ between frameworks`);
    }
  }
  return said;
}
