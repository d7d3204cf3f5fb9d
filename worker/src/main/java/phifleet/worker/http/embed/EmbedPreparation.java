package phifleet.worker.http.embed;

import java.util.List;
import java.util.Objects;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.inference.Catalogue;
import phifleet.inference.lane.Admission;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Rejection;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.TextInput;
import phifleet.inference.text.VectorType;
import phifleet.worker.http.image.PairedWork;
import phifleet.worker.http.lane.LaneReply;
import phifleet.worker.http.lane.TimingHeaders;
import phifleet.worker.http.state.MissingModel;
import phifleet.worker.http.state.ModelHeader;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerState;

/** From the body of an embedding request to tokens that only wait for the lane. */
final class EmbedPreparation implements BodyPost.Preparation {
    private final EmbedParser parser;
    private final Supplier<WorkerState> states;
    private final ObjLongConsumer<String> tokenized;
    private final PairedWork pairs;
    private final BodyPost.@Nullable Preparation outputs;

    EmbedPreparation(
            EmbedParser parser, Supplier<WorkerState> states, ObjLongConsumer<String> tokenized, PairedWork pairs) {
        this(parser, states, tokenized, pairs, null);
    }

    /**
     * @param pairs for requests with images
     * @param outputs for bodies that ask for other outputs; null where the parser knows none
     */
    EmbedPreparation(
            EmbedParser parser,
            Supplier<WorkerState> states,
            ObjLongConsumer<String> tokenized,
            PairedWork pairs,
            BodyPost.@Nullable Preparation outputs) {
        this.pairs = pairs;
        this.outputs = outputs;
        this.parser = parser;
        this.states = states;
        this.tokenized = tokenized;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        return switch (parser.parse(body)) {
            case EmbedParser.Parsed.Mistaken(BadBody mistake, ProblemShape problems) ->
                new Reply.Refused(mistake.problem(), problems);
            case EmbedParser.Parsed.Asked(EmbedRequest request) -> prepare(exchange, request);
            case EmbedParser.Parsed.OtherOutputs() ->
                Objects.requireNonNull(outputs).prepare(exchange, body);
        };
    }

    private Reply prepare(Exchange exchange, EmbedRequest request) {
        WorkerState state = states.get();
        if (!state.isReady()) {
            return new Reply.Refused(ModelProblems.notReady(state), request.problems());
        }
        @Nullable String name = ModelHeader.or(request.model(), exchange);
        return switch (found(state.models(), name, request)) {
            case Catalogue.Found.Model<? extends SentenceEncoder>(SentenceEncoder encoder) -> {
                Admission.Overloaded refusal = refusal(exchange, request, encoder);
                yield refusal == null
                        ? prepare(request, encoder)
                        : new Reply.Refused(ModelProblems.overloaded(refusal), request.problems());
            }
            case Catalogue.Found.Missing<? extends SentenceEncoder> missing ->
                MissingModel.reply(missing, "sentence-encoder", state, exchange, request.problems());
        };
    }

    /** Where none is named, images look for a model that takes them. */
    private static Catalogue.Found<? extends SentenceEncoder> found(
            Catalogue models, @Nullable String name, EmbedRequest request) {
        Catalogue.Found<? extends SentenceEncoder> usual = models.find(name, SentenceEncoder.class);
        if (name != null || request.inputs().pictures().isEmpty()) {
            return usual;
        }
        Catalogue.Found<TextImageEncoder> seeing = models.find(null, TextImageEncoder.class);
        return seeing instanceof Catalogue.Found.Model ? seeing : usual;
    }

    private static Admission.@Nullable Overloaded refusal(
            Exchange exchange, EmbedRequest request, SentenceEncoder encoder) {
        Admission.Overloaded ofTexts = request.inputs().list().isEmpty() ? null : LaneReply.refusal(exchange, encoder);
        return ofTexts == null
                        && encoder instanceof TextImageEncoder both
                        && !request.inputs().pictures().isEmpty()
                ? LaneReply.refusal(exchange, both.images())
                : ofTexts;
    }

    /** What is asked of an encoder that was found already. */
    Reply prepare(EmbedRequest request, SentenceEncoder encoder) {
        Problem unfit = unfit(request, encoder);
        if (unfit != null) {
            return new Reply.Refused(unfit, request.problems());
        }
        TextInputs inputs = request.inputs();
        if (!inputs.pictures().isEmpty() && !(encoder instanceof TextImageEncoder)) {
            String path = inputs.pictures().getFirst().file().path();
            return new Reply.Refused(
                    Problem.badRequest(
                            "invalid_value",
                            "`" + path + "`: the model " + encoder.description().id() + " takes texts alone",
                            path),
                    request.problems());
        }
        return switch (encoder.encode(
                inputs.list(), request.options(encoder.task().prompts().keySet()))) {
            case Encoding.Rejected(int index, Rejection reason) ->
                new Reply.Refused(ModelProblems.rejected(reason, encoder, inputs.path(index)), request.problems());
            case Encoding.Encoded encoded -> {
                tokenized.accept(encoder.description().id(), encoded.nanos());
                EmbedRequest wanted =
                        request.withDimensions(encoder.task().recipe().dimensions());
                if (encoder instanceof TextImageEncoder both
                        && !inputs.pictures().isEmpty()) {
                    yield paired(wanted, both, encoded);
                }
                yield new LaneReply<Vector>(
                        encoder,
                        inputs.field(),
                        request.problems(),
                        (priority, deadline, outcome) -> encoder.embed(encoded, priority, deadline, outcome),
                        (exchange, vectors, timing) -> answer(
                                exchange,
                                new EmbedResult(
                                        wanted,
                                        encoder,
                                        encoded,
                                        vectors,
                                        timing,
                                        exchange.startNanos(),
                                        exchange.requestId())));
            }
        };
    }

    private Reply paired(EmbedRequest request, TextImageEncoder encoder, Encoding.Encoded encoded) {
        TextInputs inputs = request.inputs();
        PairedWork.Asked asked = new PairedWork.Asked(
                encoder,
                encoded,
                inputs.field(),
                inputs.pictures().stream().map(TextInputs.Picture::file).toList(),
                inputs.field(),
                request.problems());
        return pairs.reply(
                asked,
                (texts, pictures, timing) -> exchange -> answer(
                        exchange,
                        new EmbedResult(
                                request,
                                encoder,
                                encoded,
                                inputs.inOrder(texts, pictures),
                                timing,
                                exchange.startNanos(),
                                exchange.requestId())));
    }

    private static void answer(Exchange exchange, EmbedResult result) {
        TimingHeaders.put(exchange, result.encoder(), result.encoded(), result.timing());
        if (result.request().answer().isVectorsAlone() && RowStream.isWanted(exchange)) {
            new RowStream(exchange, result).start();
        } else {
            new AnswerStream(exchange, result).start();
        }
    }

    /** What the model can not do for the request; null where it can do all of it. */
    private static @Nullable Problem unfit(EmbedRequest request, SentenceEncoder encoder) {
        if (request.dimensions() > encoder.dimension()) {
            return Problem.badRequest(
                    "invalid_value",
                    "`dimensions` must be from 1 to " + encoder.dimension() + " for the model "
                            + encoder.description().id() + ", was " + request.dimensions(),
                    "dimensions");
        }
        Problem unmeasured = unmeasured(request, encoder);
        if (unmeasured != null) {
            return unmeasured;
        }
        String prompt = request.options().promptName();
        if (prompt != null && !encoder.task().prompts().containsKey(prompt)) {
            return ModelProblems.unknownPrompt(prompt, encoder);
        }
        return idOutsideVocabulary(request.inputs(), encoder.tokenizer().vocabularySize());
    }

    /** Why numbers of one of the types cannot be made; null where all can. */
    private static @Nullable Problem unmeasured(EmbedRequest request, SentenceEncoder encoder) {
        String field = request.answer().typesField();
        String id = encoder.description().id();
        for (VectorType type : request.answer().types()) {
            if (!type.needsRanges()) {
                continue;
            }
            if (encoder.task().ranges() == null) {
                return Problem.badRequest(
                        "invalid_value",
                        "`" + field + "` " + type.label()
                                + " needs the least and the greatest of each number of a model's vectors, and nobody has"
                                + " measured those of " + id
                                + " (scripts/phi calibrate does); floats, binary and ubinary need none",
                        field);
            }
            int own = encoder.task().recipe().dimensions();
            int wanted = request.dimensions() == 0 ? own : request.dimensions();
            boolean otherScale = request.normalize() != null
                    && request.normalize() != encoder.task().normalize();
            if (otherScale || (wanted != own && wanted != encoder.dimension())) {
                return Problem.badRequest(
                        "invalid_value",
                        "`" + field + "` " + type.label() + " is of vectors as " + id
                                + " gives them by itself, whose numbers were measured: not of others by `dimensions` or"
                                + " `normalize`",
                        field);
            }
        }
        return null;
    }

    static @Nullable Problem idOutsideVocabulary(TextInputs inputs, int vocabulary) {
        List<TextInput> list = inputs.list();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof TextInput.Ids(TokenSequence sequence)) {
                for (int k = 0; k < sequence.length(); k++) {
                    if (sequence.id(k) >= vocabulary) {
                        String path = inputs.path(i) + "[" + k + "]";
                        return Problem.badRequest(
                                "invalid_value",
                                "`" + path + "` must be a token id from 0 to " + (vocabulary - 1) + ", was "
                                        + sequence.id(k),
                                path);
                    }
                }
            }
        }
        return null;
    }
}
