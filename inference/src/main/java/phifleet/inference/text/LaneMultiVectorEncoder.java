package phifleet.inference.text;

import java.util.ArrayList;
import java.util.Arrays;
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
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;

/** A model of late interaction whose vectors come from a lane; as a reranker it runs the query as the first of the texts. */
public final class LaneMultiVectorEncoder extends LaneModel<Vector> implements MultiVectorEncoder {
    private final Task.MultiVectorEncoding task;
    private final int dimension;
    private final Tokenizer tokenizer;
    private final SpecialIds special;

    /**
     * @param dimension numbers a vector
     * @param statistics what observes the lane
     */
    public LaneMultiVectorEncoder(
            ModelDescription description,
            Task.MultiVectorEncoding task,
            int dimension,
            Tokenizer tokenizer,
            Lane<TokenSequence, Vector> lane,
            LaneStatistics statistics,
            LongSupplier nanoClock) {
        super(description, lane, statistics, nanoClock);
        this.task = task;
        this.dimension = dimension;
        this.tokenizer = tokenizer;
        this.special = SpecialIds.of(tokenizer);
    }

    @Override
    public Task.MultiVectorEncoding task() {
        return task;
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
    public boolean takesInstruction() {
        return false;
    }

    @Override
    public Encoding encode(List<String> texts, Role role, boolean truncate) {
        Encodings encodings = encodings(texts.size());
        for (String text : texts) {
            encodings.read(text);
            TokenSequence tokens = tokenizer.encode(text, false);
            int length = length(tokens);
            if (role == Role.DOCUMENT && !truncate && length > most(role)) {
                return encodings.tooLong(length, most(role));
            }
            encodings.add(whole(tokens, role, EncodeOptions.Direction.USUAL));
        }
        return encodings.finish();
    }

    @Override
    public Encoding encode(Question question) {
        Encodings encodings = encodings(question.texts().size() + 1);
        encodings.read(question.query());
        encodings.add(whole(tokenizer.encode(question.query(), false), Role.QUERY, EncodeOptions.Direction.USUAL));
        for (int i = 0; i < question.texts().size(); i++) {
            String text = question.texts().get(i);
            encodings.read(text);
            TokenSequence tokens = tokenizer.encode(text, false);
            if (question.maxTextTokens() > 0 && tokens.length() > question.maxTextTokens()) {
                tokens = cut(tokens, question.maxTextTokens(), EncodeOptions.Direction.USUAL);
            }
            if (!question.truncate() && length(tokens) > most(Role.DOCUMENT)) {
                return new Encoding.Rejected(i, new Rejection.TooLong(length(tokens), most(Role.DOCUMENT)));
            }
            encodings.add(whole(tokens, Role.DOCUMENT, question.direction()));
        }
        return encodings.finish();
    }

    private int most(Role role) {
        return switch (role) {
            case QUERY -> task.queryTokens();
            case DOCUMENT -> task.input().maxTokens();
        };
    }

    private int length(TokenSequence tokens) {
        return tokens.length() + special.count() + 1;
    }

    private TokenSequence cut(TokenSequence tokens, int most, EncodeOptions.Direction direction) {
        return Truncation.cut(tokens, most, Truncation.NO_SPECIAL, direction.isLeft(tokenizer));
    }

    /** With the model's own tokens, the one that tells what it is, and for a query what fills it up. */
    private TokenSequence whole(TokenSequence text, Role role, EncodeOptions.Direction direction) {
        int most = most(role);
        int room = Math.max(0, most - special.count() - 1);
        TokenSequence tokens = text.length() > room ? cut(text, room, direction) : text;
        int length = length(tokens);
        boolean fills = role == Role.QUERY && task.filler() >= 0;
        int[] ids = new int[fills ? Math.max(length, most) : length];
        int at = 0;
        for (int id : special.before()) {
            ids[at++] = id;
        }
        ids[at++] = role == Role.QUERY ? task.queryToken() : task.documentToken();
        for (int i = 0; i < tokens.length(); i++) {
            ids[at++] = tokens.id(i);
        }
        for (int id : special.after()) {
            ids[at++] = id;
        }
        Arrays.fill(ids, at, ids.length, task.filler());
        return TokenSequence.expanded(ids, task.attendsFiller() ? ids.length : length);
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
        return role == Role.QUERY ? output : kept(encoded.sequences().get(index), output);
    }

    @Override
    public TokenSequence counted(TokenSequence text, Role role) {
        return role == Role.QUERY
                ? text
                : new TokenSequence(IntStream.range(0, text.length())
                        .map(text::id)
                        .filter(id -> !task.skipped().contains(id))
                        .toArray());
    }

    private Vector kept(TokenSequence text, Vector rows) {
        float[] kept = new float[rows.dimension()];
        int size = 0;
        for (int token = 0; token < text.length(); token++) {
            if (!task.skipped().contains(text.id(token))) {
                System.arraycopy(rows.values(), token * dimension, kept, size, dimension);
                size += dimension;
            }
        }
        return size == kept.length ? rows : new Vector(Arrays.copyOf(kept, size));
    }

    @Override
    public List<Float> scores(Encoding.Encoded encoded, List<Vector> outputs, boolean raw) {
        List<Float> scores = new ArrayList<>(outputs.size() - 1);
        for (int i = 1; i < outputs.size(); i++) {
            scores.add(MaxSim.of(outputs.getFirst(), kept(encoded.sequences().get(i), outputs.get(i)), dimension));
        }
        return scores;
    }
}
