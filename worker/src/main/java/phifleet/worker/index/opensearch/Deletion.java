package phifleet.worker.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.Operation;

/** Takes an image out: the document that has its id, as it was when it was found, and no other that came in its place. */
record Deletion(OpenSearchCalls calls, IndexName name) {
    /** How often a document that changed meanwhile is looked for anew. */
    private static final int ROUNDS = 5;

    void make(Operation.Deleting deleting) {
        try {
            deleting.outcome().complete(delete(deleting.id()));
        } catch (IndexException e) {
            deleting.outcome().completeExceptionally(e);
        }
    }

    private boolean delete(String id) throws IndexException {
        OpenSearchIndex.require(calls.ask("POST", name.path("/_refresh"), null));
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode found = OpenSearchIndex.require(calls.ask(
                            "POST",
                            name.path("/_search?allow_partial_search_results=false"),
                            Documents.write(Searches.byId(id)
                                    .put("seq_no_primary_term", true)
                                    .put("_source", false))))
                    .path("hits")
                    .path("hits")
                    .path(0);
            if (found.isMissingNode()) {
                return false;
            }
            OpenSearchCalls.Answer answer = calls.ask(
                    "DELETE",
                    name.document(found.path("_id").asText()) + "?refresh=true&if_seq_no=" + found.path("_seq_no")
                            + "&if_primary_term=" + found.path("_primary_term"),
                    null);
            int status = answer.reply().status();
            if (status < 300) {
                return true;
            }
            if (answer.unsure()) {
                // One of the tries that got no answer did it, or somebody else in the same moment.
                return true;
            }
            if (status == 404) {
                return false;
            }
        }
        throw new IndexException("the image changes faster than it can be taken out");
    }
}
