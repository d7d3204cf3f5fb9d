package phifleet.worker.index;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What Lucene would say at each start: that the incubating Vector API is off. */
final class LuceneLog {
    /** Held, since loggers that nobody holds forget their level. */
    private static final Logger VECTORIZATION =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    private LuceneLog() {}

    /** Before whatever of Lucene's is used first. */
    static void quieten() {
        VECTORIZATION.setLevel(Level.SEVERE);
    }
}
