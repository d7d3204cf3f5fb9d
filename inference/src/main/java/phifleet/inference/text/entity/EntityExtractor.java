package phifleet.inference.text.entity;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.Task;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.SentenceEncoder;

/** A loaded model that finds named spans in texts, with its tokeniser and its lane. Thread-safe. */
public interface EntityExtractor extends ServedModel {

    Task.OfTexts task();

    /**
     * What is looked for.
     *
     * @param labels the only ones that are wanted, or those that a model takes from its callers; empty for all that it has
     * @param ignored labels that are left out; null for those that mean nothing
     * @param threshold the least score; null for the model's usual one
     * @param aggregation what is made of tokens' labels; null for the usual
     * @param overlapping whether spans may lie in each other; null for the usual
     * @param truncate whether of a long text only the beginning is looked at, as much as the model takes at once
     */
    record Wanted(
            List<String> labels,
            @Nullable Set<String> ignored,
            @Nullable Float threshold,
            @Nullable Aggregation aggregation,
            @Nullable Boolean overlapping,
            boolean truncate) {
        public Wanted {
            labels = List.copyOf(labels);
        }
    }

    /**
     * What a model cannot do.
     *
     * @param field the request's: {@code labels}, {@code aggregation}, {@code overlapping}
     * @param index in the field's list; −1 for all of it
     * @param reason a sentence's end, behind the field
     */
    record Unfit(String field, int index, String reason) {}

    /** What of the request this model cannot do; null where it can do all. */
    @Nullable
    Unfit unfit(Wanted wanted);

    /** Tokenises, and cuts long texts into overlapping parts, on the calling thread: not for event loops where there are many. */
    Encoding encode(List<String> texts, Wanted wanted);

    /**
     * Submits what {@link #encode} made.
     *
     * @param deadlineNanos on the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
     * @param outcome as {@link SentenceEncoder#embed} has it; of each part what {@link #entities} reads
     */
    Admission extract(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome);

    /**
     * The entities of each text, in their order there.
     *
     * @param texts how many there are
     * @param outputs one a part
     */
    List<List<Entity>> entities(int texts, Wanted wanted, Encoding.Encoded encoded, List<Vector> outputs);
}
