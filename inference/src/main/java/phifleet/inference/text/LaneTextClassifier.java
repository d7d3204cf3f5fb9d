package phifleet.inference.text;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;

/** A classifier of texts whose numbers come from a lane. */
public final class LaneTextClassifier extends LaneModel<Vector> implements TextClassifier {
    private final Task.TextClassification task;
    private final PairEncoding pairs;
    private final TextEncoding texts;

    /** @param statistics what observes the lane */
    public LaneTextClassifier(
            ModelDescription description,
            Task.TextClassification task,
            Tokenizer tokenizer,
            Lane<TokenSequence, Vector> lane,
            LaneStatistics statistics,
            LongSupplier nanoClock) {
        super(description, lane, statistics, nanoClock);
        this.task = task;
        this.pairs = new PairEncoding(tokenizer, task.input().maxTokens());
        this.texts = new TextEncoding(tokenizer, true);
    }

    @Override
    public Task.TextClassification task() {
        return task;
    }

    @Override
    public Encoding encode(List<Input> inputs, Options options) {
        Encodings encodings = encodings(inputs.size());
        int most = task.input().maxTokens();
        PairEncoding.Cut cut = options.keepsSecond() ? PairEncoding.Cut.FIRST : PairEncoding.Cut.LONGEST_FIRST;
        for (Input input : inputs) {
            String text = input.text();
            String second = input.second();
            int length;
            TokenSequence sequence;
            if (second == null) {
                TokenSequence whole = texts.encode("", true, text, 0);
                length = whole.length();
                sequence = texts.cut(whole, most, options.direction());
            } else {
                TokenSequence first = pairs.part(text);
                TokenSequence behind = pairs.part(second);
                length = pairs.length(first, behind);
                sequence = pairs.join(first, behind, cut, options.direction());
                encodings.read(second);
            }
            if (length > most && !options.truncate()) {
                return encodings.tooLong(length, most);
            }
            encodings.add(sequence);
            encodings.read(text);
        }
        return encodings.finish();
    }

    @Override
    public Admission classify(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome) {
        return submit(encoded, priority, deadlineNanos, outcome);
    }
}
