package phifleet.inference.text;

import java.util.ArrayList;
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
    private final LongSupplier nanoClock;

    /** @param statistics what observes the lane */
    public LaneTextClassifier(
            ModelDescription description,
            Task.TextClassification task,
            Tokenizer tokenizer,
            Lane<TokenSequence, Vector> lane,
            LaneStatistics statistics,
            LongSupplier nanoClock) {
        super(description, lane, statistics);
        this.task = task;
        this.nanoClock = nanoClock;
        this.pairs = new PairEncoding(tokenizer, task.input().maxTokens());
        this.texts = new TextEncoding(tokenizer, true);
    }

    @Override
    public Task.TextClassification task() {
        return task;
    }

    @Override
    public Encoding encode(List<Input> inputs, Options options) {
        long start = nanoClock.getAsLong();
        int most = task.input().maxTokens();
        PairEncoding.Cut cut = options.keepsSecond() ? PairEncoding.Cut.FIRST : PairEncoding.Cut.LONGEST_FIRST;
        List<TokenSequence> sequences = new ArrayList<>(inputs.size());
        int tokens = 0;
        int characters = 0;
        for (int i = 0; i < inputs.size(); i++) {
            String text = inputs.get(i).text();
            String second = inputs.get(i).second();
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
                characters += second.codePointCount(0, second.length());
            }
            if (length > most && !options.truncate()) {
                return new Encoding.Rejected(i, new Rejection.TooLong(length, most));
            }
            sequences.add(sequence);
            tokens += sequence.length();
            characters += text.codePointCount(0, text.length());
        }
        return new Encoding.Encoded(List.copyOf(sequences), tokens, characters, nanoClock.getAsLong() - start);
    }

    @Override
    public Admission classify(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome) {
        return submit(encoded, priority, deadlineNanos, outcome);
    }
}
