package phifleet.inference.text;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.Vector;

/** A loaded model that scores how well texts answer a query, with its tokeniser and its lane. Thread-safe. */
public interface Reranker extends ServedModel {

    /**
     * A query and the texts that it is held against.
     *
     * @param instruction what a decoder is to judge by; null for the model's own
     * @param maxTextTokens the most tokens of a text that are looked at; 0 for as many as the model takes
     * @param truncate whether what is over the model's limit is cut; otherwise it is rejected
     */
    record Question(
            String query,
            List<String> texts,
            @Nullable String instruction,
            int maxTextTokens,
            boolean truncate,
            EncodeOptions.Direction direction) {
        public Question {
            texts = List.copyOf(texts);
        }
    }

    /** Whether it judges by an instruction. */
    boolean takesInstruction();

    /** Characters that are read anew with each text, as a decoder's prompt is: 0 where the query's tokens are made once. */
    default long repeatedCharacters(Question question) {
        return 0;
    }

    /**
     * Tokenises, on the calling thread: not for event loops where there are many.
     *
     * @return of a rejected text the place among the texts
     */
    Encoding encode(Question question);

    /**
     * Submits what {@link #encode} made.
     *
     * @param deadlineNanos on the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
     * @param outcome as {@link SentenceEncoder#embed} has it
     */
    Admission score(Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome);

    /**
     * A score a text, in their order.
     *
     * @param outputs as the lane gave them
     * @param raw whether the network's own numbers are wanted
     */
    List<Float> scores(Encoding.Encoded encoded, List<Vector> outputs, boolean raw);
}
