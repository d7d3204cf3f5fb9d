package phifleet.inference.text;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.SparseVector;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.TokenWeights;
import phifleet.inference.model.Tokenizer;

/** A sparse encoder whose vectors come from a lane; those of queries from a table, where it has one. */
public final class LaneSparseEncoder extends LaneModel<SparseVector> implements SparseEncoder {
    private final Task.SparseEncoding task;
    private final Tokenizer tokenizer;
    private final TextEncoding texts;

    /** @param statistics what observes the lane */
    public LaneSparseEncoder(
            ModelDescription description,
            Task.SparseEncoding task,
            Tokenizer tokenizer,
            Lane<TokenSequence, SparseVector> lane,
            LaneStatistics statistics,
            LongSupplier nanoClock) {
        super(description, lane, statistics, nanoClock);
        this.task = task;
        this.tokenizer = tokenizer;
        this.texts = new TextEncoding(tokenizer, true);
    }

    @Override
    public Task.SparseEncoding task() {
        return task;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public Encoding encode(List<String> inputs, boolean truncate, EncodeOptions.Direction direction) {
        Encodings encodings = encodings(inputs.size());
        int most = task.input().maxTokens();
        for (String text : inputs) {
            TokenSequence whole = texts.encode("", true, text, 0);
            if (whole.length() > most && !truncate) {
                return encodings.tooLong(whole.length(), most);
            }
            encodings.add(texts.cut(whole, most, direction));
            encodings.read(text);
        }
        return encodings.finish();
    }

    @Override
    public Admission embed(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<SparseVector>> outcome) {
        return submit(encoded, priority, deadlineNanos, outcome);
    }

    @Override
    public SparseVector query(String text) {
        TokenWeights weights = task.queries();
        if (weights == null) {
            throw new IllegalStateException(description().id() + " runs queries like texts");
        }
        TokenSequence tokens = tokenizer.encode(text, false);
        int[] ids = IntStream.range(0, Math.min(tokens.length(), task.input().maxTokens()))
                .map(tokens::id)
                .filter(id -> weights.of(id) != 0)
                .sorted()
                .distinct()
                .toArray();
        float[] values = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            values[i] = weights.of(ids[i]);
        }
        return new SparseVector(ids, values);
    }
}
