package phifleet.inference.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.SparseVector;
import phifleet.inference.model.Task;
import phifleet.inference.model.TextOutputs;
import phifleet.inference.model.TokenHeads;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;

/** A sentence encoder with heads for tokens, whose outputs of all kinds come from one lane. */
public final class LaneHybridEncoder extends LaneSentenceEncoder implements HybridEncoder {
    private final TokenHeads heads;
    private final int tokenDimension;
    private final TextEncoding texts;

    /**
     * @param dimension floats of a text's vector
     * @param tokenDimension floats of a token's vector; 0 where there is none
     * @param statistics what observes the lane
     */
    public LaneHybridEncoder(
            ModelDescription description,
            Task.SentenceEncoding task,
            int dimension,
            int tokenDimension,
            Tokenizer tokenizer,
            Lane<TokenSequence, Vector> lane,
            LaneStatistics statistics,
            LongSupplier nanoClock) {
        super(description, task, dimension, tokenizer, lane, statistics, nanoClock);
        this.heads = Objects.requireNonNull(task.heads());
        this.tokenDimension = tokenDimension;
        this.texts = new TextEncoding(tokenizer, true);
    }

    @Override
    public TextOutputs gives() {
        return heads.outputs();
    }

    @Override
    public int tokenDimension() {
        return tokenDimension;
    }

    @Override
    public <T extends ServedModel> @Nullable T as(Class<T> kind) {
        if (kind == SparseEncoder.class && gives().sparse()) {
            return kind.cast(new Sparse());
        }
        if ((kind == MultiVectorEncoder.class || kind == Reranker.class) && gives().multiVector()) {
            return kind.cast(new MultiVector());
        }
        return super.as(kind);
    }

    @Override
    public Encoding encode(List<String> inputs, TextOutputs outputs, boolean truncate) {
        return encode(inputs, outputs, truncate, EncodeOptions.Direction.USUAL);
    }

    private Encoding encode(
            List<String> inputs, TextOutputs outputs, boolean truncate, EncodeOptions.Direction direction) {
        Encodings encodings = encodings(inputs.size());
        int most = task().input().maxTokens();
        for (String text : inputs) {
            TokenSequence whole = texts.encode("", true, text, 0);
            if (whole.length() > most && !truncate) {
                return encodings.tooLong(whole.length(), most);
            }
            encodings.add(texts.cut(whole, most, direction).asking(outputs));
            encodings.read(text);
        }
        return encodings.finish();
    }

    @Override
    public TextParts parts(TokenSequence text, Vector output) {
        return TextParts.of(text, output, dimension(), heads.unweighted());
    }

    /** What all that it is besides has in common: the model itself. */
    private abstract class Facet implements ServedModel {
        @Override
        public final ModelDescription description() {
            return LaneHybridEncoder.this.description();
        }

        @Override
        public final LaneState lane() {
            return LaneHybridEncoder.this.lane();
        }

        @Override
        public final LaneStatistics.Totals statistics() {
            return LaneHybridEncoder.this.statistics();
        }

        @Override
        public final Admission.@Nullable Overloaded refusal(Priority priority) {
            return LaneHybridEncoder.this.refusal(priority);
        }
    }

    private final class Sparse extends Facet implements SparseEncoder {
        @Override
        public Task.SparseEncoding task() {
            return new Task.SparseEncoding(
                    LaneHybridEncoder.this.task().input(),
                    0,
                    false,
                    null,
                    LaneHybridEncoder.this.task().recipe());
        }

        @Override
        public Tokenizer tokenizer() {
            return LaneHybridEncoder.this.tokenizer();
        }

        @Override
        public Encoding encode(List<String> inputs, boolean truncate, EncodeOptions.Direction direction) {
            return LaneHybridEncoder.this.encode(inputs, TextOutputs.SPARSE, truncate, direction);
        }

        @Override
        public Admission embed(
                Encoding.Encoded encoded,
                Priority priority,
                long deadlineNanos,
                Consumer<Outcome<SparseVector>> outcome) {
            return submit(encoded, priority, deadlineNanos, ended -> outcome.accept(sparse(encoded, ended)));
        }

        private Outcome<SparseVector> sparse(Encoding.Encoded encoded, Outcome<Vector> ended) {
            return ended.with(outputs -> IntStream.range(0, outputs.size())
                    .mapToObj(i -> Objects.requireNonNull(
                            parts(encoded.sequences().get(i), outputs.get(i)).sparse()))
                    .toList());
        }

        @Override
        public SparseVector query(String text) {
            throw new IllegalStateException(description().id() + " runs queries like texts");
        }
    }

    /** As a reranker the mean over the query's vectors of the best dot product with a text's. */
    private final class MultiVector extends Facet implements MultiVectorEncoder {
        @Override
        public Task.MultiVectorEncoding task() {
            Task.SentenceEncoding whole = LaneHybridEncoder.this.task();
            return new Task.MultiVectorEncoding(
                    whole.input(),
                    -1,
                    -1,
                    whole.input().maxTokens(),
                    -1,
                    true,
                    Set.of(),
                    tokenDimension,
                    whole.recipe());
        }

        @Override
        public int dimension() {
            return tokenDimension;
        }

        @Override
        public Tokenizer tokenizer() {
            return LaneHybridEncoder.this.tokenizer();
        }

        @Override
        public boolean takesInstruction() {
            return false;
        }

        @Override
        public Encoding encode(List<String> inputs, Role role, boolean truncate) {
            return LaneHybridEncoder.this.encode(inputs, TextOutputs.MULTI_VECTOR, truncate);
        }

        @Override
        public Encoding encode(Question question) {
            Encodings encodings = encodings(question.texts().size() + 1);
            int most = LaneHybridEncoder.this.task().input().maxTokens();
            encodings.read(question.query());
            encodings.add(texts.cut(whole(question.query()), most, EncodeOptions.Direction.USUAL)
                    .asking(TextOutputs.MULTI_VECTOR));
            for (int i = 0; i < question.texts().size(); i++) {
                String text = question.texts().get(i);
                encodings.read(text);
                TokenSequence tokens = whole(text);
                if (question.maxTextTokens() > 0) {
                    int own = texts.head("", true) + texts.tail();
                    tokens = texts.cut(tokens, question.maxTextTokens() + own, question.direction());
                }
                if (!question.truncate() && tokens.length() > most) {
                    return new Encoding.Rejected(i, new Rejection.TooLong(tokens.length(), most));
                }
                encodings.add(texts.cut(tokens, most, question.direction()).asking(TextOutputs.MULTI_VECTOR));
            }
            return encodings.finish();
        }

        private TokenSequence whole(String text) {
            return texts.encode("", true, text, 0);
        }

        @Override
        public Admission embed(
                Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome) {
            return submit(encoded, priority, deadlineNanos, outcome);
        }

        @Override
        public Admission score(
                Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome) {
            return submit(encoded, priority, deadlineNanos, outcome);
        }

        @Override
        public Vector vectors(Encoding.Encoded encoded, int index, Vector output, Role role) {
            return output;
        }

        @Override
        public TokenSequence counted(TokenSequence text, Role role) {
            return new TokenSequence(
                    IntStream.range(1, text.length()).map(text::id).toArray());
        }

        @Override
        public List<Float> scores(Encoding.Encoded encoded, List<Vector> outputs, boolean raw) {
            Vector query = outputs.getFirst();
            int vectors = Math.max(1, query.dimension() / tokenDimension);
            List<Float> scores = new ArrayList<>(outputs.size() - 1);
            for (Vector text : outputs.subList(1, outputs.size())) {
                scores.add(MaxSim.of(query, text, tokenDimension) / vectors);
            }
            return scores;
        }
    }
}
