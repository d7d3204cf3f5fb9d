package phifleet.worker.http.heads;

import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.endpoint.WorkPool;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonOutput;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Timing;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Rejection;
import phifleet.worker.http.image.PairedWork;
import phifleet.worker.http.lane.LaneReply;
import phifleet.worker.http.lane.TimingHeaders;
import phifleet.worker.http.state.MissingModel;
import phifleet.worker.http.state.ModelHeader;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerState;

/** From the body of a request to tokens that only wait for the lane, and from the model's numbers to the answer. */
final class HeadPreparation implements BodyPost.Preparation {
    /** Numbers and texts of an answer that an event loop writes itself: some 0.2 ms. */
    private static final int INLINE_ITEMS = 2048;

    private final HeadParser parser;
    private final Supplier<WorkerState> states;
    private final WorkPool pool;
    private final ObjLongConsumer<String> tokenized;
    private final PairedWork pairs;

    /** @param pairs for questions about images */
    HeadPreparation(
            HeadParser parser,
            Supplier<WorkerState> states,
            WorkPool pool,
            ObjLongConsumer<String> tokenized,
            PairedWork pairs) {
        this.pairs = pairs;
        this.parser = parser;
        this.states = states;
        this.pool = pool;
        this.tokenized = tokenized;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        try {
            return prepare(exchange, parser.parse(body));
        } catch (BadBody mistake) {
            return new Reply.Refused(mistake.problem(), parser.problems());
        }
    }

    private <M extends ServedModel> Reply prepare(Exchange exchange, Question<M> question) {
        WorkerState state = states.get();
        if (!state.isReady()) {
            return new Reply.Refused(ModelProblems.notReady(state), question.problems());
        }
        return switch (state.models().find(ModelHeader.or(question.model(), exchange), question.kind())) {
            case Catalogue.Found.Model<M>(M model) -> prepare(exchange, question, model);
            case Catalogue.Found.Missing<M> missing ->
                MissingModel.reply(missing, question.kindLabel(), state, exchange, question.problems());
        };
    }

    /** What is asked of a model that was found already. */
    <M extends ServedModel> Reply prepare(Exchange exchange, Question<M> question, M model) {
        Problem unfit = question.unfit(model);
        if (unfit != null) {
            return new Reply.Refused(unfit, question.problems());
        }
        Reply without = question.without(model, exchange);
        if (without != null) {
            return without;
        }
        Admission.Overloaded refusal = LaneReply.refusal(exchange, busiest(question, model));
        if (refusal != null) {
            return new Reply.Refused(ModelProblems.overloaded(refusal), question.problems());
        }
        return switch (question.encode(model)) {
            case Encoding.Rejected(int index, Rejection reason) ->
                new Reply.Refused(rejected(question, model, index, reason), question.problems());
            case Encoding.Encoded encoded -> {
                tokenized.accept(model.description().id(), encoded.nanos());
                Problem tooMuch = question.tooMuch(model, encoded);
                if (tooMuch != null) {
                    yield new Reply.Refused(tooMuch, question.problems());
                }
                yield switch (question) {
                    case HeadQuestion<M, ?> head -> reply(exchange, head, model, encoded);
                    case ImageLabelsQuestion images -> images.reply((TextImageEncoder) model, encoded, pairs);
                };
            }
        };
    }

    private <M extends ServedModel, O> Reply reply(
            Exchange exchange, HeadQuestion<M, O> question, M model, Encoding.Encoded encoded) {
        if (encoded.sequences().isEmpty()) {
            JsonOutput out = new JsonOutput(256);
            question.write(model, encoded, List.of(), exchange, out);
            return new Reply.Answered(model.description().id(), out);
        }
        return new LaneReply<O>(
                model,
                question.field(),
                question.problems(),
                (priority, deadline, outcome) -> question.submit(model, encoded, priority, deadline, outcome),
                (answered, outputs, timing) -> answer(answered, question, model, encoded, outputs, timing));
    }

    /** Where images are asked about, theirs is the lane that fills up. */
    private static ServedModel busiest(Question<?> question, ServedModel model) {
        return question instanceof ImageLabelsQuestion && model instanceof TextImageEncoder both
                ? both.images()
                : model;
    }

    private static Problem rejected(Question<?> question, ServedModel model, int index, Rejection reason) {
        return switch (reason) {
            case Rejection.TooLong tooLong -> ModelProblems.tooLong(tooLong, model, question.path(index));
            case Rejection.UnknownPrompt prompt -> throw new IllegalStateException("a head knows no prompts");
            case Rejection.NoTask task -> throw new IllegalStateException("a head has one task");
        };
    }

    private <M extends ServedModel, O> void answer(
            Exchange exchange,
            HeadQuestion<M, O> question,
            M model,
            Encoding.Encoded encoded,
            List<O> outputs,
            Timing timing) {
        Supplier<Reply> write = () -> {
            JsonOutput out = new JsonOutput(256 + 32 * question.answerSize(outputs));
            question.write(model, encoded, outputs, exchange, out);
            return answered -> {
                TimingHeaders.put(answered, model, encoded, timing);
                answered.answer(out);
            };
        };
        if (question.answerSize(outputs) <= INLINE_ITEMS) {
            write.get().send(exchange);
        } else {
            pool.finish(exchange, write);
        }
    }
}
