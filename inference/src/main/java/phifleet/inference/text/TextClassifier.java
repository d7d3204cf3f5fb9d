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

/** A loaded classifier of texts or pairs of texts, with its tokeniser and its lane. Thread-safe. */
public interface TextClassifier extends ServedModel {

    Task.TextClassification task();

    /**
     * What is classified.
     *
     * @param second of a pair; null for a text alone
     */
    record Input(String text, @Nullable String second) {}

    /**
     * How inputs become token sequences.
     *
     * @param keepsSecond whether a pair that is too long loses tokens of its first text alone, as a premise before a hypothesis does
     * @param truncate whether an input over the model's limit is cut; otherwise it is rejected
     */
    record Options(boolean keepsSecond, boolean truncate, EncodeOptions.Direction direction) {}

    /** Tokenises and cuts, on the calling thread: not for event loops where there are many. */
    Encoding encode(List<Input> inputs, Options options);

    /**
     * Submits what {@link #encode} made.
     *
     * @param deadlineNanos on the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
     * @param outcome as {@link SentenceEncoder#embed} has it; of each input a number a label, before any activation
     */
    Admission classify(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome);
}
