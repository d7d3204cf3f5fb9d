package phifleet.inference.text;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.Task;
import phifleet.inference.model.Vector;

/** A loaded model that scores how well texts answer a query, with its tokeniser and its lane. Thread-safe. */
public interface CrossEncoder extends ServedModel {

    Task.CrossEncoding task();

    /**
     * A query and the texts that it is held against.
     *
     * @param instruction what a decoder is to judge by; null for the model's own
     * @param maxTextTokens the most tokens of a text that are looked at; 0 for as many as the model takes
     * @param truncate whether a pair over the model's limit is cut; otherwise it is rejected
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

    /** Makes one token sequence of the query with each text, on the calling thread: not for event loops where there are many. */
    Encoding encode(Question question);

    /** Characters that are read anew with each text, as a decoder's prompt is: 0 where the query's tokens are made once. */
    default long repeatedCharacters(Question question) {
        if (task().prompt() == null) {
            return 0;
        }
        String instruction = question.instruction();
        int repeated = question.query().length() + (instruction == null ? 0 : instruction.length());
        return (long) repeated * question.texts().size();
    }

    /**
     * Submits what {@link #encode} made.
     *
     * @param deadlineNanos on the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
     * @param outcome as {@link SentenceEncoder#embed} has it; of each pair what {@link #logit} and {@link #score} read
     */
    Admission score(Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome);

    /** The network's own number for a pair. */
    float logit(Vector pair);

    /** What the model's activation makes of it. */
    default float score(Vector pair) {
        return task().activation().apply(new float[] {logit(pair)})[0];
    }
}
