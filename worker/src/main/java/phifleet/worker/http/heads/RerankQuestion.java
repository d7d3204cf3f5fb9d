package phifleet.worker.http.heads;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonOutput;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Reranker;
import phifleet.worker.http.state.ModelProblems;

/**
 * Texts to be ranked.
 *
 * @param field what the texts are called
 * @param rawScores whether the network's own numbers are wanted
 * @param returnsTexts whether texts come back with their scores
 * @param most how many of the best are wanted
 */
record RerankQuestion(
        Reranker.Question question,
        @Nullable String model,
        String field,
        boolean rawScores,
        boolean returnsTexts,
        int most,
        RankAnswer answer,
        ProblemShape problems)
        implements HeadQuestion<Reranker, Vector> {

    @Override
    public Class<Reranker> kind() {
        return Reranker.class;
    }

    @Override
    public String kindLabel() {
        return "cross-encoder";
    }

    @Override
    public String path(int index) {
        return JsonInput.path(field, index);
    }

    @Override
    public @Nullable Problem unfit(Reranker encoder) {
        String instruction = question.instruction();
        if (!encoder.takesInstruction()) {
            return instruction == null
                    ? null
                    : Problem.badRequest(
                            "invalid_value",
                            "`instruction` is given, and the model "
                                    + encoder.description().id() + " takes none",
                            "instruction");
        }
        long characters = encoder.repeatedCharacters(question);
        return characters > ModelProblems.MOST_REPEATED
                ? ModelProblems.tooMuchRepeated("query", field, characters)
                : null;
    }

    @Override
    public Encoding encode(Reranker encoder) {
        return encoder.encode(question);
    }

    @Override
    public Admission submit(
            Reranker encoder,
            Encoding.Encoded encoded,
            Priority priority,
            long deadlineNanos,
            Consumer<Outcome<Vector>> outcome) {
        return encoder.score(encoded, priority, deadlineNanos, outcome);
    }

    @Override
    public int answerSize(List<Vector> outputs) {
        // Where texts have a vector a token, they are held against each other first.
        return Math.min(most, outputs.size())
                + outputs.stream().mapToInt(Vector::dimension).sum() / 16;
    }

    @Override
    public void write(
            Reranker encoder, Encoding.Encoded encoded, List<Vector> outputs, Exchange exchange, JsonOutput out) {
        List<Ranked> ranked = Ranked.best(encoder.scores(encoded, outputs, rawScores), most);
        answer.write(this, encoder, encoded, ranked, exchange.requestId(), out);
    }
}
