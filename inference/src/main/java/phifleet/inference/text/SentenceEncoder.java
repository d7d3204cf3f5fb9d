package phifleet.inference.text;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;

/** A loaded sentence encoder with its tokeniser and its lane. Thread-safe. */
public interface SentenceEncoder extends ServedModel {

    Task.SentenceEncoding task();

    /** Floats a vector. */
    int dimension();

    Tokenizer tokenizer();

    /**
     * What is put before each text.
     *
     * @param name null for the model's default prompt
     * @return empty where the model has no default; null where it has no prompt of this name
     */
    @Nullable
    String prompt(@Nullable String name);

    /**
     * Puts the prompt before each text, tokenises and cuts, on the calling thread: some 50 µs a sentence, so many or
     * long texts do not belong on an event loop.
     */
    Encoding encode(List<TextInput> inputs, EncodeOptions options);

    /**
     * Submits what {@link #encode} made.
     *
     * @param deadlineNanos on the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
     * @param outcome called exactly once if the answer is {@code Accepted}, on a thread of the lane's: it must not block,
     *     and may be called before this method returns. Vectors are pooled but not normalised
     */
    Admission embed(Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome);
}
