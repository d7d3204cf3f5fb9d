package phifleet.worker.http.embed;

import phifleet.http.dialect.ProblemShape;
import phifleet.http.json.BadBody;

/** Reads the body of an embedding request in one dialect, or in several that its fields tell apart. Thread-safe. */
interface EmbedParser {

    /** What the body asks for, or why it can not be asked. */
    Parsed parse(byte[] body);

    /** How a body was read. */
    sealed interface Parsed {
        /** All is well with the body itself. */
        record Asked(EmbedRequest request) implements Parsed {}

        /** A mistake, and the dialect that the body is in as far as it was read. */
        record Mistaken(BadBody mistake, ProblemShape problems) implements Parsed {}

        /** It asks for something else than one vector a text, which others have to read. */
        record OtherOutputs() implements Parsed {}
    }
}
