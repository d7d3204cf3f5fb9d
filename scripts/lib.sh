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
