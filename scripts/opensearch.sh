# A real OpenSearch with its k-NN plugin, out of Maven Central, for checks. Source it after lib.sh and find_java.
# shellcheck shell=bash
opensearch_version=3.5.0.0

# prepare_opensearch: leaves in `opensearch` the command that runs one, to which a folder and a port are to be added.
prepare_opensearch() {
    local sources="$root/worker/src/test/opensearch" kept="$run_dir/opensearch-$opensearch_version" files
    if [ ! -e "$kept/whole" ]; then
        mkdir -p "$kept/knn"
        JAVA_HOME=$java_home mvn -q -B -ntp -f "$sources/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$kept/lib"
        (cd "$kept/knn" && "$java_home/bin/jar" xf "../lib/opensearch-knn-$opensearch_version.zip")
        touch "$kept/whole"
    fi
    mapfile -t files < <(find "$sources" -name '*.java')
    "$java_home/bin/javac" -nowarn -d "$kept/classes" -cp "$kept/knn/*:$kept/lib/*" "${files[@]}"
    opensearch=("$java_home/bin/java" -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED
        -cp "$kept/classes:$kept/knn/*:$kept/lib/*" StartOpenSearch)
}

opensearch_ready='_cluster/health?wait_for_status=yellow&timeout=30s'
