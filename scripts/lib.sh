# Shared by the scripts beside it: finds a JDK 25, builds what is out of date. Source it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
run_dir="$root/run"

fail() {
    echo "$*" >&2
    exit 1
}

# Sets java_home to a JDK of at least 25: JAVA_HOME, the one on the PATH, or one in the usual places.
find_java() {
    local candidate
    for candidate in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v java || echo /x/x)")")")" \
        /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* /opt/java/* /opt/jdk*; do
        if [ -x "$candidate/bin/javac" ] && [ "$(java_major "$candidate")" -ge 25 ]; then
            java_home=$candidate
            return
        fi
    done
    fail "No JDK 25 found: install one (Temurin 25, say) or set JAVA_HOME."
}

java_major() {
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null | grep . || echo 0
}

# Builds the modules named, unless nothing has changed since the last time.
build() {
    local stamp="$run_dir/built-$(echo "$*" | tr -c 'a-z\n' '-')" modules
    modules=$(IFS=,; echo "$*")
    if [ ! -f "$stamp" ] || [ -n "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$stamp" -print -quit)" ]; then
        command -v mvn >/dev/null || fail "Maven is needed to build: install it (Debian: apt-get install maven)."
        echo "building $modules ..."
        (cd "$root" && mvn -q -B -pl "$modules" -am package -DskipTests)
        mkdir -p "$run_dir"
        touch "$stamp"
    fi
}

worker_jar="$root/worker/target/worker-0.1.0.jar"

# The flags of a worker's JVM. Heap: requests, answers and queues; models live outside it.
worker_flags() {
    local heap=${PHI_WORKER_HEAP:-256m}
    flags=(
        -Xms32m "-Xmx$heap" -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError
        -XX:MaxDirectMemorySize="$heap" -Dio.netty.maxDirectMemory=0
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    )
}

exec_worker() {
    worker_flags
    # glibc keeps an arena of freed memory for each thread; two are enough for native calls of this kind.
    # The tokeniser's own threads would fight the model's for the cores.
    exec env MALLOC_ARENA_MAX=2 TOKENIZERS_PARALLELISM=false \
        "$java_home/bin/java" "${flags[@]}" ${start_cache:+-XX:AOTCache="$start_cache"} -jar "$worker_jar" "$@"
}

# Runs the program once, so that the JVM can keep the classes it loaded and what it learnt of them: JEP 483, 514, 515.
# The cache belongs to one build and one JDK; the flags must be the same at its making and its use.
prepare_start_cache() {
    local key cache log pid port
    worker_flags
    key=$(printf '%s\n' "$java_home" "$(cat "$java_home/release")" "$(stat -c '%Y %s' "$worker_jar")" "${flags[@]}" |
        sha256sum | cut -c1-16)
    cache="$run_dir/worker-$key.aot"
    start_cache=$cache
    [ -f "$cache" ] && return
    echo "preparing the first start (once a build) ..."
    rm -f "$run_dir"/worker-*.aot
    log="$run_dir/first-start.log"
    MALLOC_ARENA_MAX=2 TOKENIZERS_PARALLELISM=false PHI_HTTP_HOST=127.0.0.1 PHI_HTTP_PORT=0 PHI_MODELS= \
        "$java_home/bin/java" "${flags[@]}" -XX:AOTCacheOutput="$cache" -jar "$worker_jar" >"$log" 2>&1 &
    pid=$!
    for _ in $(seq 600); do
        port=$(sed -n 's/.*is ready at .*:\([0-9]*\)$/\1/p' "$log")
        [ -n "$port" ] && break
        kill -0 "$pid" 2>/dev/null || { cat "$log" >&2; fail "the first start failed"; }
        sleep 0.1
    done
    post() {
        curl -s -o /dev/null "http://127.0.0.1:$port$1" -H 'Content-Type: application/json' -d "$2" || true
    }
    for _ in 1 2 3; do
        post /embed '{"texts":["a first text","a second one"]}'
        post /embed '{"inputs":"a text"}'
        post /v1/embeddings '{"input":["a text"],"model":"all-minilm-l6-v2","encoding_format":"base64"}'
        post /tokenize '{"inputs":"a text"}'
        post /embed '{"texts":[]}'
    done
    for path in /health /info /metrics /v1/models; do
        curl -s -o /dev/null "http://127.0.0.1:$port$path" || true
    done
    kill -TERM "$pid"
    wait "$pid" || true
    if [ ! -f "$cache" ]; then
        echo "(no start cache could be made, see $log; starting without)"
        start_cache=
    fi
}
