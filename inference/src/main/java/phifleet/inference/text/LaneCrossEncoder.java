package phifleet.inference.text;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.RankingPrompt;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;

/** A cross-encoder whose scores come from a lane. */
public final class LaneCrossEncoder extends LaneModel<Vector> implements CrossEncoder {
    private final Task.CrossEncoding task;
    private final PairEncoding pairs;
    private final @Nullable RankingPromptEncoding judging;

    /** @param statistics what observes the lane */
    public LaneCrossEncoder(
            ModelDescription description,
            Task.CrossEncoding task,
            Tokenizer tokenizer,
            Lane<TokenSequence, Vector> lane,
            LaneStatistics statistics,
            LongSupplier nanoClock) {
        super(description, lane, statistics, nanoClock);
        this.task = task;
        this.pairs = new PairEncoding(tokenizer, task.input().maxTokens());
        RankingPrompt prompt = task.prompt();
        this.judging = prompt == null
                ? null
                : new RankingPromptEncoding(tokenizer, prompt, task.input().maxTokens());
    }

    @Override
    public Task.CrossEncoding task() {
        return task;
    }

    @Override
    public Encoding encode(Question question) {
        Encodings encodings = encodings(question.texts().size());
        int most = task.input().maxTokens();
        TokenSequence query = judging == null ? pairs.part(question.query()) : null;
        encodings.read(question.query());
        for (String text : question.texts()) {
            int length;
            TokenSequence sequence;
            if (query == null) {
                TokenSequence middle = judging().middle(question.instruction(), question.query(), text);
                length = judging().length(middle);
                sequence = judging().whole(middle, question.direction());
            } else {
                TokenSequence second = first(pairs.part(text), question.maxTextTokens());
                length = pairs.length(query, second);
                sequence = pairs.join(query, second, PairEncoding.Cut.LONGEST_FIRST, question.direction());
            }
            if (length > most && !question.truncate()) {
                return encodings.tooLong(length, most);
            }
            encodings.add(sequence);
            encodings.read(text);
        }
        return encodings.finish();
    }

    @Override
    public Admission score(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome) {
        return submit(encoded, priority, deadlineNanos, outcome);
    }

    @Override
    public float logit(Vector pair) {
        RankingPrompt prompt = task.prompt();
        return prompt != null && prompt.comparesTokens() ? pair.get(0) - pair.get(1) : pair.get(0);
    }

    private RankingPromptEncoding judging() {
        if (judging == null) {
            throw new IllegalStateException(description().id() + " is no decoder");
        }
        return judging;
    }

    private static TokenSequence first(TokenSequence text, int most) {
        return most == 0 || text.length() <= most ? text : Truncation.cut(text, most, Truncation.NO_SPECIAL, false);
    }
}
