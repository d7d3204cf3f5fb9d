package phifleet.inference.text;

import java.util.List;
import java.util.function.Consumer;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.SparseVector;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tokenizer;

/** A loaded encoder of texts to weights of the vocabulary's tokens, with its tokeniser and its lane. Thread-safe. */
public interface SparseEncoder extends ServedModel {

    Task.SparseEncoding task();

    Tokenizer tokenizer();

    /**
     * Tokenises and cuts, on the calling thread: not for event loops where there are many.
     *
     * @param truncate whether a text over the model's limit is cut; otherwise it is rejected
     */
    Encoding encode(List<String> texts, boolean truncate, EncodeOptions.Direction direction);

    /**
     * Submits what {@link #encode} made.
     *
     * @param deadlineNanos on the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
     * @param outcome as {@link SentenceEncoder#embed} has it
     */
    Admission embed(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<SparseVector>> outcome);

    /**
     * The vector of a query by the model's table, without a device.
     *
     * @throws IllegalStateException if the model has no such table
     */
    SparseVector query(String text);
}
