package phifleet.worker.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.LaneObserver;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.lane.Timing;
import phifleet.inference.model.Device;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.model.WorkUnit;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Rejection;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.TextInput;

/**
 * A sentence encoder whose lane does what a test tells it. By itself it answers at once, on the caller's thread, with vectors
 * that follow from the tokens: value d of an input is (sum of its ids + d) / 8.
 */
final class FakeEncoder implements SentenceEncoder {
    static final int DIMENSION = 4;
    static final int MAX_TOKENS = 16;

    private static final Task.SentenceEncoding TASK = new Task.SentenceEncoding(
            new TokenInput(MAX_TOKENS, 0, false), Pooling.MEAN, true, Map.of("query", "ask: "), null, Recipe.PLAIN);

    private final FakeTokenizer tokenizer = new FakeTokenizer();
    private final int dimension;
    private final ModelDescription description;
    private volatile Admission.@Nullable Overloaded refusal;
    private volatile Lane lane = FakeEncoder::complete;
    final BlockingQueue<Submission> submissions = new LinkedBlockingQueue<>();

    /** What the lane does with a submission. */
    interface Lane {
        Admission take(Submission submission, Consumer<Outcome<Vector>> outcome);
    }

    /** What was handed to the lane. */
    record Submission(Encoding.Encoded encoded, Priority priority, long deadlineNanos, int dimension) {
        Outcome<Vector> completed() {
            List<Vector> vectors = new ArrayList<>();
            for (TokenSequence sequence : encoded.sequences()) {
                int sum = 0;
                for (int i = 0; i < sequence.length(); i++) {
                    sum += sequence.id(i);
                }
                float[] values = new float[dimension];
                for (int d = 0; d < dimension; d++) {
                    values[d] = (sum + d) / 8f;
                }
                vectors.add(new Vector(values));
            }
            return new Outcome.Completed<>(vectors, new Timing(1_000_000, 2_000_000, 1_500_000));
        }
    }

    FakeEncoder(String id, String... aliases) {
        this(DIMENSION, id, aliases);
    }

    FakeEncoder(int dimension, String id, String... aliases) {
        this.dimension = dimension;
        description = new ModelDescription(
                id,
                List.of(aliases),
                TASK,
                "Fake",
                "0.1",
                Device.CPU,
                Precision.FP32,
                true,
                Padding.NOWHERE,
                ModelDescription.ONLY_VERSION,
                ModelSpec.Scheduling.DEFAULT);
    }

    void lane(Lane next) {
        lane = next;
    }

    /** Back to what it does by itself. */
    void answer() {
        refusal = null;
        lane(FakeEncoder::complete);
    }

    private static Admission complete(Submission submission, Consumer<Outcome<Vector>> outcome) {
        outcome.accept(submission.completed());
        return new Admission.Accepted(() -> {});
    }

    void refuse(Admission admission) {
        lane((submission, outcome) -> admission);
    }

    /** Refuses whatever comes before it has been seen. */
    void refuseUnseen(Admission.Overloaded admission) {
        refusal = admission;
    }

    @Override
    public Admission.@Nullable Overloaded refusal(Priority priority) {
        return refusal;
    }

    void end(Outcome<Vector> outcome) {
        lane((submission, consumer) -> {
            consumer.accept(outcome);
            return new Admission.Accepted(() -> {});
        });
    }

    static Admission.Overloaded overloaded() {
        return new Admission.Overloaded(new Admission.Excess.Work(WorkUnit.TOKENS, 900, 1000), Duration.ofMillis(1500));
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public Task.SentenceEncoding task() {
        return TASK;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public @Nullable String prompt(@Nullable String name) {
        return name == null ? "" : TASK.prompts().get(name);
    }

    @Override
    public Encoding encode(List<TextInput> inputs, EncodeOptions options) {
        List<TokenSequence> sequences = new ArrayList<>();
        int tokens = 0;
        int characters = 0;
        for (int i = 0; i < inputs.size(); i++) {
            TokenSequence sequence = switch (inputs.get(i)) {
                case TextInput.Text(String text) -> {
                    characters += text.codePointCount(0, text.length());
                    yield tokenizer.encode(text, true);
                }
                case TextInput.Ids(TokenSequence ids) -> ids;
            };
            if (sequence.length() > MAX_TOKENS) {
                if (!options.truncate()) {
                    return new Encoding.Rejected(i, new Rejection.TooLong(sequence.length(), MAX_TOKENS));
                }
                sequence = cut(sequence, options.direction());
            }
            tokens += sequence.length();
            sequences.add(sequence);
        }
        return new Encoding.Encoded(sequences, tokens, characters, 50_000);
    }

    @Override
    public Admission embed(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome) {
        Submission submission = new Submission(encoded, priority, deadlineNanos, dimension);
        submissions.add(submission);
        return lane.take(submission, outcome);
    }

    @Override
    public LaneState lane() {
        return new LaneState(WorkUnit.TOKENS, 1, 2, 3, 4, 1000, 512);
    }

    @Override
    public LaneStatistics.Totals statistics() {
        return new LaneStatistics(LaneObserver.NONE).totals();
    }

    private static TokenSequence cut(TokenSequence sequence, EncodeOptions.Direction direction) {
        int[] ids = new int[MAX_TOKENS];
        int from = direction == EncodeOptions.Direction.LEFT ? sequence.length() - MAX_TOKENS : 0;
        for (int i = 0; i < MAX_TOKENS; i++) {
            ids[i] = sequence.id(from + i);
        }
        return new TokenSequence(ids);
    }
}
