# Shared by the scripts beside it: finds a JDK 25, builds what is out of date, starts programs. Source it.
# shellcheck shell=bash
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
run_dir="$root/run"
mkdir -p "$run_dir"

# Has programs decode by libjpeg-turbo, which is fetched for a system that has none; with --cached, where it was before.
find_jpeg_library() {
    local folder
    folder=$("$root/scripts/turbojpeg" "$@") || return
    [ -z "$folder" ] || export LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
}

# An image's build has not that script.
[ ! -x "$root/scripts/turbojpeg" ] || find_jpeg_library --cached

fail() {
    echo "$*" >&2
    exit 1
}

# 32 bytes that nobody can guess, in hexadecimal digits: what only one fleet's members know.
random_secret() {
    od -An -N32 -tx1 /dev/urandom | tr -d ' \n'
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

# Builds the modules named, unless nothing has changed since the last time, or since Maven made their jars. With
# profile=pytorch that engine is put in.
build() {
    local stamp modules
    stamp="$run_dir/built-$(echo "$*" | tr -c 'a-z\n' '-')"
    modules=$(IFS=,; echo "$*")
    if [ "$(cat "$run_dir/built-profile" 2>/dev/null)" != "${profile:-}" ] || { changed_since "$stamp" && jars_are_old "$@"; }; then
        command -v mvn >/dev/null || fail "Maven is needed to build: install it (Debian: apt-get install maven)."
        echo "building $modules ..."
        (cd "$root" && mvn -q -B -ntp ${profile:+"-P$profile"} -pl "$modules" -am package -DskipTests)
        echo "${profile:-}" >"$run_dir/built-profile"
        touch "$stamp"
    fi
}

changed_since() {
    [ ! -f "$1" ] || [ -n "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$1" -print -quit)" ]
}

jars_are_old() {
    local module
    for module in "$@"; do
        ! changed_since "$root/$module/target/$module-0.1.0.jar" || return 0
    done
    return 1
}

# Sets classpath to all that the tests of the modules named see, separated by commas.
test_classpath() {
    local module
    (cd "$root" && mvn -q -B ${profile:+"-P$profile"} -pl "$1" -am test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath)
    classpath=
    for module in ${1//,/ }; do
        classpath+="$root/$module/target/test-classes:$root/$module/target/classes:$(cat "$root/$module/target/test.classpath"):"
    done
}

# Makes a jar of the worker's WaitingWorkerMain, one of its tests' classes: a worker whose device is a model that only waits. $1 is its file, $2 how
# it names the worker's own jar.
waiting_worker_jar() {
    local class classes=$root/worker/target/test-classes sources=$root/worker/src/test/java/phifleet/worker work
    for class in WaitingModels WaitingWorkerMain; do
        [ "$classes/phifleet/worker/$class.class" -nt "$sources/$class.java" ] || {
            (cd "$root" && mvn -q -B -ntp -pl worker -am test-compile)
            break
        }
    done
    work=$(mktemp -d)
    # What the program's own may open, and nothing else of it.
    (cd "$work" && "$java_home/bin/jar" --extract --file "$root/worker/target/worker-0.1.0.jar" META-INF/MANIFEST.MF &&
        awk '/^[^ ]/ {keep = /^(Add-|Enable-)/} keep' META-INF/MANIFEST.MF && printf 'Class-Path: %s\n' "$2") >"$work/manifest"
    "$java_home/bin/jar" --create --file "$1" --manifest "$work/manifest" --main-class phifleet.worker.WaitingWorkerMain \
        -C "$classes" phifleet/worker/WaitingWorkerMain.class -C "$classes" phifleet/worker/WaitingModels.class \
        -C "$classes" "phifleet/worker/WaitingModels\$Curve.class" -C "$classes" "phifleet/worker/WaitingModels\$Waiting.class"
    rm -rf "$work"
}

# The command of a program, worker or gateway, in the array command. The JVM's flags are in jvm.options, but for the heap,
# which is for requests, answers and queues. glibc keeps an arena of freed memory for each thread, and two are enough for
# native calls of this kind; the tokeniser's own threads would fight the model's for the cores.
# $2, where given, is one more flag.
program_command() {
    local program=$1 heap
    case $program in
        worker) heap=${PHI_WORKER_HEAP:-256m} ;;
        gateway) heap=${PHI_GATEWAY_HEAP:-128m} ;;
    esac
    command=(
        env MALLOC_ARENA_MAX=2 TOKENIZERS_PARALLELISM=false
        "$java_home/bin/java" "-Xmx$heap" "-XX:MaxDirectMemorySize=$heap" "@$root/scripts/jvm.options"
        ${2:+"$2"} -jar "$root/$program/target/$program-0.1.0.jar"
    )
}

# The same, started from its cache where there is one; `alone` for a worker that joins no fleet.
start_command() {
    prepare_start_cache "$1" "${2:-fleet}"
    program_command "$1" ${start_cache:+"-XX:AOTCache=$start_cache"}
}

# Names a build of a program, the JDK, and what else is given, for what is kept from its runs.
build_key() {
    printf '%s\n' "$java_home" "$(cat "$java_home/release")" "$(stat -c '%Y %s' "$root/$1/target/$1-0.1.0.jar")" "${@:2}" |
        sha256sum | cut -c1-16
}

# Runs a program once, so that the JVM can keep the classes it loaded and what it learnt of them: JEP 483, 514, 515.
# The cache belongs to one build and one JDK; the flags must be the same at its making and its use. All of its classes are
# loaded at each start, used or not, so that a worker that joins no fleet has one without Hazelcast.
prepare_start_cache() {
    local program=$1 company=$2 key log
    program_command "$program"
    key=$(build_key "$program" "$(cat "$root/scripts/jvm.options")" "${command[@]}")
    start_cache="$run_dir/$program-$company-$key.aot"
    [ -f "$start_cache" ] && return
    echo "preparing the first start of the $program (once a build) ..."
    rm -f "$run_dir/$program-$company"-*.aot*
    log="$run_dir/$program-first-start.log"
    # A start that failed, or was interrupted, leaves a cache too, of half the classes.
    program_command "$program" "-XX:AOTCacheOutput=$start_cache.new"
    first_start "$program" "$log" "$company"
    if ! mv "$start_cache.new" "$start_cache" 2>/dev/null; then
        echo "(no start cache could be made, see $log; starting without)"
        start_cache=
    fi
}

# Starts the program in the array command, asks a few things of it and stops it; $2 gets its log, $3 is as for start_command.
first_start() {
    local program=$1 log=$2 discovery=loopback pid port
    [ "${3:-fleet}" = fleet ] || discovery=none
    port=$(free_port)
    # A gateway has no workers then, and must not wait for one at each request.
    PHI_HTTP_HOST=127.0.0.1 PHI_HTTP_PORT=$port PHI_API_KEY='' PHI_MODELS='' PHI_LOG_FORMAT=text PHI_PROXY_WAIT_FOR_WORKER_MS=0 \
        PHI_MEMBERSHIP_DISCOVERY=$discovery PHI_MEMBERSHIP_CLUSTER="first-start-$port" "${command[@]}" >"$log" 2>&1 &
    pid=$!
    until curl -s -o /dev/null "http://127.0.0.1:$port/health" && grep -q "$(ready_words "$program")" "$log"; do
        kill -0 "$pid" 2>/dev/null || fail "the first start of the $program failed: $(cat "$log")"
        sleep 0.1
    done
    warm_up "http://127.0.0.1:$port"
    kill -TERM "$pid"
    wait "$pid" || true
}

ready_words() {
    case $1 in
        worker) echo "is ready at" ;;
        gateway) echo "listens on" ;;
    esac
}

# A few requests of each kind, so that what they need is in the cache.
warm_up() {
    local path
    post() {
        curl -s -o /dev/null "$1" -H 'Content-Type: application/json' -d "$2" || true
    }
    for _ in 1 2 3; do
        post "$1/embed" '{"texts":["a first text","a second one"]}'
        post "$1/embed" '{"inputs":"a text"}'
        post "$1/v1/embeddings" '{"input":["a text"],"model":"all-minilm-l6-v2","encoding_format":"base64"}'
        post "$1/tokenize" '{"inputs":"a text"}'
        post "$1/validate" '{"equation":"E = m c^2"}'
        post "$1/embed" '{"texts":[]}'
        for path in /health /info /metrics /v1/models /fleet; do
            curl -s -o /dev/null "$1$path" || true
        done
    done
}

# A port that nobody listens on. Another process may take it before it is used; then its user fails and says so.
free_port() {
    local port
    while true; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

# Waits until an address answers 2xx; $2 is the process that must live meanwhile, $3 its log.
await_ready() {
    until curl -sf -o /dev/null "$1"; do
        kill -0 "$2" 2>/dev/null || fail "the process ended: $(cat "$3")"
        sleep 0.1
    done
}
