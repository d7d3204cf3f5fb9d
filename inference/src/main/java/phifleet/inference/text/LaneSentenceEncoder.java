package phifleet.inference.text;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.Overflow;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;

/** A sentence encoder whose vectors come from a lane. */
public class LaneSentenceEncoder extends LaneModel<Vector> implements SentenceEncoder {
    private final Tokenizer tokenizer;
    private final Task.SentenceEncoding task;
    private final int dimension;
    private final TextEncoding encoding;

    /**
     * @param dimension floats a vector
     * @param statistics what observes the lane
     */
    public LaneSentenceEncoder(
            ModelDescription description,
            Task.SentenceEncoding task,
            int dimension,
            Tokenizer tokenizer,
            Lane<TokenSequence, Vector> lane,
            LaneStatistics statistics,
            LongSupplier nanoClock) {
        super(description, lane, statistics, nanoClock);
        this.tokenizer = tokenizer;
        this.task = task;
        this.dimension = dimension;
        this.encoding = new TextEncoding(tokenizer, task.pooling().includePrompt());
    }

    @Override
    public final Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public final Task.SentenceEncoding task() {
        return task;
    }

    @Override
    public final int dimension() {
        return dimension;
    }

    @Override
    public final @Nullable String prompt(@Nullable String name) {
        String wanted = name == null ? task.defaultPrompt() : name;
        return wanted == null ? "" : task.prompts().get(wanted);
    }

    @Override
    public final Encoding encode(List<TextInput> inputs, EncodeOptions options) {
        Encodings encodings = encodings(inputs.size());
        int most = task.input().maxTokens();
        boolean known = options.prompt() == null;
        String prompt = known ? prompt(options.promptName()) : options.prompt();
        if (prompt == null) {
            return new Encoding.Rejected(0, new Rejection.UnknownPrompt(options.promptName(), task.promptNames()));
        }
        int number = taskNumber(options.promptName());
        if (number < 0) {
            return new Encoding.Rejected(0, new Rejection.NoTask(task.recipe().tasks()));
        }
        for (int i = 0; i < inputs.size(); i++) {
            TextInput input = inputs.get(i);
            TokenSequence sequence;
            switch (input) {
                case TextInput.Text(String text) -> {
                    sequence = encoding.encode(prompt, known, text, number);
                    encodings.read(text);
                }
                case TextInput.Ids(TokenSequence ids) -> sequence = ids.with(0, number);
            }
            if (task.overflow() == Overflow.SPLIT && options.truncate()) {
                if (!split(sequence, input, prompt, known, i, encodings)) {
                    return new Encoding.Rejected(i, new Rejection.TooLong(sequence.length(), most));
                }
                continue;
            }
            if (sequence.length() > most) {
                if (!options.truncate() || task.overflow() == Overflow.ERROR) {
                    return encodings.tooLong(sequence.length(), most);
                }
                sequence = input instanceof TextInput.Text
                        ? encoding.cut(sequence, most, options.direction())
                        : encoding.cutIds(sequence, most, options.direction());
            }
            encodings.add(sequence);
        }
        Encoding.Encoded encoded = encodings.finish();
        return task.input().filled() ? encoded.as(task.input()::fill) : encoded;
    }

    /** Adds an input, in windows where it is too long; false where not even its prompt fits. */
    private boolean split(
            TokenSequence sequence, TextInput input, String prompt, boolean known, int index, Encodings encodings) {
        int most = task.input().maxTokens();
        if (sequence.length() <= most) {
            encodings.add(sequence, new Share(index, 1));
            return true;
        }
        boolean isText = input instanceof TextInput.Text;
        int head = isText ? encoding.head(prompt, known) : 0;
        int tail = isText ? encoding.tail() : 0;
        if (head + tail >= most) {
            return false;
        }
        Truncation.split(sequence, most, head, tail, index, encodings);
        return true;
    }

    @Override
    public final Admission embed(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome) {
        List<Share> shares = encoded.shares();
        return shares.isEmpty()
                ? submit(encoded, priority, deadlineNanos, outcome)
                : submit(
                        encoded,
                        priority,
                        deadlineNanos,
                        ended -> outcome.accept(WindowedVectors.together(ended, shares, task.normalize())));
    }

    /** The number of the task that a prompt's name chooses; 0 where there is one alone, −1 where none is chosen. */
    private int taskNumber(@Nullable String promptName) {
        String wanted = promptName == null ? task.defaultPrompt() : promptName;
        return task.recipe().tasks().isEmpty()
                ? 0
                : wanted == null ? -1 : task.recipe().tasks().indexOf(wanted);
    }
}
