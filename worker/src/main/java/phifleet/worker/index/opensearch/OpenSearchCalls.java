package phifleet.worker.index.opensearch;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.opensearch.OpenSearchHttp.Reply;

/** Requests to OpenSearch that may be repeated, and are while that makes sense. Thread-safe; waits on the calling thread. */
final class OpenSearchCalls {
    private final OpenSearchHttp http;
    private final Retries retries;

    OpenSearchCalls(OpenSearchHttp http, Retries retries) {
        this.http = http;
        this.retries = retries;
    }

    /**
     * An answer that was found at last.
     *
     * @param unsure whether an earlier try may have been done, though no answer came of it
     */
    record Answer(Reply reply, boolean unsure) {}

    /**
     * The first answer that says how it went: that it went well, that there is no such thing (404), that somebody was before (409).
     *
     * @throws IndexException naming what was wrong at last
     */
    Answer ask(String method, String path, byte @Nullable [] body) throws IndexException {
        boolean unsure = false;
        for (int tried = 1; ; tried++) {
            IndexException failure;
            try {
                Reply reply = http.send(method, path, body);
                if (reply.status() < 300 || reply.status() == 404 || reply.status() == 409) {
                    return new Answer(reply, unsure);
                }
                failure = refused(reply);
                if (!reply.mayPass()) {
                    throw failure;
                }
                unsure |= reply.status() != 429;
            } catch (IOException e) {
                failure = unreached(e);
                unsure = true;
            } catch (InterruptedException e) {
                throw interrupted();
            }
            if (!next(tried)) {
                throw failure;
            }
        }
    }

    private boolean next(int tried) throws IndexException {
        try {
            return retries.awaitNext(tried);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    static IndexException refused(Reply reply) {
        String message = "OpenSearch answers " + reply.reason();
        return reply.status() == 429 ? IndexException.busy(message) : new IndexException(message);
    }

    static IndexException unreached(IOException cause) {
        return new IndexException("OpenSearch does not answer: " + cause, cause);
    }

    private static IndexException interrupted() {
        Thread.currentThread().interrupt();
        return new IndexException("nobody waits for OpenSearch any more");
    }
}
