# What the checks of scripts/benchmark share. Source it, after lib.sh.
# shellcheck shell=bash
check_results=$run_dir/benchmark/check
check_config=$run_dir/benchmark-check.yaml

# What the server in C++ is built with.
benchmark_toolchain_cpp() {
    pkg-config --exists cpp-httplib nlohmann_json icu-uc 2>/dev/null || {
        apt-get -qq update
        apt-get -qq install -y --no-install-recommends cmake g++ pkg-config libcpp-httplib-dev libicu-dev nlohmann-json3-dev >/dev/null
    }
}

# The names of config/benchmark.yaml's targets that are started here, one a line.
started_targets() {
    awk '/^targets:/ { on = 1; next } /^[^ #]/ { on = 0 } on && /^  [A-Za-z0-9].*start:/ { sub(/:.*/, ""); print $1 }' "$root/config/benchmark.yaml"
}

# check_benchmark SECONDS TARGET…: a run with scenarios of that many seconds; fails where an answer was lost or wrong.
check_benchmark() {
    local seconds=$1 config=$check_config targets name
    shift
    targets=$(IFS=,; echo "$*")
    cat >"$config" <<YAML
test_config: {warmup_requests: 5, texts: 24}
rounds: 1
scenarios:
  - {name: alone, concurrency: 1, duration: $seconds, lengths: [8, 32]}
  - {name: eights, concurrency: 8, duration: $seconds, batch_size: 8, lengths: mixed}
  - {name: open, rate: 5, concurrency: 64, duration: $seconds, lengths: mixed, batch_priority: 0.5}
$(awk '/^(models|targets):/ { on = 1 } on' "$root/config/benchmark.yaml")
  triton: {start: benchmark/targets/triton/start, sweep: true, dialect: triton}
YAML
    # A busy machine may make a measurement invalid, which a run says by its exit code; answers must be right all the same.
    "$root/scripts/benchmark" run --config "$config" --results "$check_results" --fresh --sweep-seconds 1 --targets "$targets" \
        --price-per-hour 0.1 || [ $? -eq 1 ] || fail "scripts/benchmark run failed"
    for name in "$@"; do
        python3 - "$check_results/all-minilm-l6-v2/$name.json" <<'PY'
import json
import sys

result = json.load(open(sys.argv[1]))
rounds = result["rounds"]
assert [r["scenario"] for r in rounds] == ["alone", "eights", "open"], rounds
for r in rounds:
    assert r["requests"] > 0 and r["lost"] == 0 and r["mismatches"] == 0, r["samples"]
    assert r["cpu_s"] > 0 and r["peak_memory_bytes"] > 50e6, r
print(result["framework"], [round(r["texts_per_second"], 1) for r in rounds], "texts/s, none lost, none wrong")
PY
    done
    grep -q 'uPlot=' "$check_results/all-minilm-l6-v2/report.html" || fail "the report has no charts in it"
    [ "$("$root/scripts/benchmark" run --config "$config" --results "$check_results" --targets "$targets" |
        grep -c '^\[')" = 0 ] || fail "a second run did not go on from the first"
    "$root/scripts/benchmark" compare "$check_results"/all-minilm-l6-v2/{"$1","$1"}.json | grep -q '^0 regressions' ||
        fail "a result differs from itself"
}
