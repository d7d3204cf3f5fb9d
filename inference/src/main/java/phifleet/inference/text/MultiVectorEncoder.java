package phifleet.inference.text;

import java.util.List;
import java.util.function.Consumer;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;

/**
 * A loaded model of late interaction, with its tokeniser and its lane: a vector a token, and as a reranker the sum over the query's
 * vectors of the best dot product with a text's (MaxSim). Thread-safe.
 */
public interface MultiVectorEncoder extends Reranker {

    Task.MultiVectorEncoding task();

    /** Numbers a vector. */
    int dimension();

    Tokenizer tokenizer();

    /** What a text is. */
    enum Role {
        QUERY,
        DOCUMENT
    }

    /**
     * Tokenises and cuts, on the calling thread: not for event loops where there are many.
     *
     * @param truncate whether a document over the model's limit is cut; otherwise it is rejected. Queries always are
     */
    Encoding encode(List<String> texts, Role role, boolean truncate);

    /**
     * Submits what {@link #encode} made.
     *
     * @param deadlineNanos on the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
     * @param outcome as {@link SentenceEncoder#embed} has it; of each text what {@link #vectors} reads
     */
    Admission embed(Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome);

    /**
     * The vectors of a text that count, one behind the other.
     *
     * @param encoded as {@link #encode} made it
     * @param index the text's place in it
     */
    Vector vectors(Encoding.Encoded encoded, int index, Vector output, Role role);

    /** The tokens of a text whose vectors count, in their order: one for each of {@link #vectors}. */
    TokenSequence counted(TokenSequence text, Role role);
}
