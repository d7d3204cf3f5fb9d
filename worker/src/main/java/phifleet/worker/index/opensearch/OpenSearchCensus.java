package phifleet.worker.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.IndexState;

/** The indexes that have images, of all sources. */
public final class OpenSearchCensus {
    private OpenSearchCensus() {}

    /** Those below the prefix of the settings, in the order of their names; asks once, and waits for the answer. */
    public static List<IndexState> filled(OpenSearchSettings settings) throws IndexException {
        try (OpenSearchHttp http = new OpenSearchHttp(settings)) {
            OpenSearchCalls calls = new OpenSearchCalls(http, new Retries(1));
            String all = "/" + settings.prefix() + "-*";
            JsonNode mappings = OpenSearchIndex.require(calls.ask("GET", all + "/_mapping", null));
            JsonNode stats = OpenSearchIndex.require(calls.ask("GET", all + "/_stats/docs,store", null))
                    .path("indices");
            List<IndexState> states = new ArrayList<>();
            for (Map.Entry<String, JsonNode> index : mappings.properties()) {
                Documents.source(index.getValue().path("mappings"))
                        .map(source -> OpenSearchIndex.state(stats.path(index.getKey()), source))
                        .filter(state -> state.images() > 0)
                        .ifPresent(states::add);
            }
            return List.copyOf(states);
        }
    }
}
