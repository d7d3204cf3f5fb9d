package phifleet.worker.http.heads;

import phifleet.http.dialect.ProblemShape;
import phifleet.http.json.BadBody;

/** Reads the body of a request in one dialect. Thread-safe. */
interface HeadParser {

    /**
     * Reads a body.
     *
     * @throws BadBody at the first mistake
     */
    Question<?> parse(byte[] body) throws BadBody;

    /** How the dialect refuses. */
    ProblemShape problems();
}
