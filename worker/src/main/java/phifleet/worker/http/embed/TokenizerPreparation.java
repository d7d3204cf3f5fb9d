package phifleet.worker.http.embed;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.Catalogue;
import phifleet.inference.text.SentenceEncoder;
import phifleet.worker.http.state.MissingModel;
import phifleet.worker.http.state.ModelHeader;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerState;

/** What a model's tokenizer answers alone, so that it needs no queue: {@code /tokenize} and {@code /decode}. */
final class TokenizerPreparation implements BodyPost.Preparation {
    private final JsonLimits limits;
    private final Supplier<WorkerState> states;
    private final Reader reader;

    /** A request as it was read. */
    interface Question {
        /** Which model is asked; null for the default. */
        @Nullable
        String model();

        /** The answer, or why there is none. */
        Reply answer(SentenceEncoder encoder);
    }

    /** From a body to a question. */
    @FunctionalInterface
    interface Reader {
        /** Reads the whole body. */
        Question read(JsonInput json, JsonLimits limits) throws BadBody;
    }

    TokenizerPreparation(JsonLimits limits, Supplier<WorkerState> states, Reader reader) {
        this.limits = limits;
        this.states = states;
        this.reader = reader;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        Question question;
        try (JsonInput json = limits.open(body)) {
            question = reader.read(json, limits);
        } catch (BadBody mistake) {
            return refused(mistake.problem());
        }
        WorkerState state = states.get();
        if (!state.isReady()) {
            return refused(ModelProblems.notReady(state));
        }
        return switch (state.models().find(ModelHeader.or(question.model(), exchange), SentenceEncoder.class)) {
            case Catalogue.Found.Model<SentenceEncoder>(SentenceEncoder encoder) -> question.answer(encoder);
            case Catalogue.Found.Missing<SentenceEncoder> missing ->
                MissingModel.reply(missing, "sentence-encoder", state, exchange, TeiProblems.SHAPE);
        };
    }

    static Reply refused(Problem problem) {
        return new Reply.Refused(problem, TeiProblems.SHAPE);
    }
}
