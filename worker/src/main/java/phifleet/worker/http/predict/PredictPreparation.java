package phifleet.worker.http.predict;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.PathNames;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonLimits;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.model.TensorSet;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.TensorModel;
import phifleet.worker.http.image.ImageBody;
import phifleet.worker.http.image.Multipart;
import phifleet.worker.http.lane.LaneReply;
import phifleet.worker.http.lane.TextPredictions;
import phifleet.worker.http.state.MissingModel;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.http.tensor.TensorReplies;

/** From the body of a prediction request to tensors that only wait for the lane. On a pool, since images take their time. */
final class PredictPreparation implements BodyPost.Preparation {
    static final String PREFIX = "/predict/";

    private final WorkerView worker;
    private final TextPredictions texts;
    private final PredictParser parser;
    private final ImageReply images;
    private final TensorReplies replies;

    PredictPreparation(
            WorkerView worker, JsonLimits limits, TextPredictions texts, ImageReply images, TensorReplies replies) {
        this.worker = worker;
        this.texts = texts;
        this.parser = new PredictParser(limits);
        this.images = images;
        this.replies = replies;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        WorkerState state = worker.state();
        if (!state.isReady()) {
            return new Reply.Refused(ModelProblems.notReady(state), NativeProblems.SHAPE);
        }
        return switch (state.models().find(name(exchange), ServedModel.class)) {
            case Catalogue.Found.Model<ServedModel>(TensorModel model) -> prepare(exchange, body, model);
            case Catalogue.Found.Model<ServedModel>(TextImageEncoder model)
            when isImage(exchange, body) -> prepare(exchange, body, model.images());
            case Catalogue.Found.Model<ServedModel>(ServedModel model) -> prepareTexts(exchange, body, model);
            case Catalogue.Found.Missing<ServedModel> missing ->
                MissingModel.reply(missing, "model", state, exchange, NativeProblems.SHAPE);
        };
    }

    private Reply prepareTexts(Exchange exchange, byte[] body, ServedModel model) {
        @Nullable String type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return Multipart.isType(type) || ImageBody.isFile(type)
                ? new Reply.Refused(
                        otherMedia(model, "takes texts: send JSON with `text`, `texts` or `inputs`"),
                        NativeProblems.SHAPE)
                : texts.prepare(exchange, body, model);
    }

    /** Of a model that takes texts too. */
    private boolean isImage(Exchange exchange, byte[] body) {
        @Nullable String type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return Multipart.isType(type) || ImageBody.isFile(type) || parser.hasImage(body);
    }

    private static Problem otherMedia(ServedModel model, String instead) {
        return Problem.of(
                415,
                "unsupported_media_type",
                "the model " + model.description().id() + " " + instead,
                null);
    }

    private Reply prepare(Exchange exchange, byte[] body, TensorModel model) {
        Admission.Overloaded refusal = LaneReply.refusal(exchange, model);
        if (refusal != null) {
            return new Reply.Refused(ModelProblems.overloaded(refusal), NativeProblems.SHAPE);
        }
        try {
            return switch (asked(exchange.request(), body, model)) {
                case PredictParser.Asked.Tensors(TensorSet inputs, List<String> outputs) ->
                    new LaneReply<TensorSet>(
                            model,
                            "inputs",
                            NativeProblems.SHAPE,
                            (priority, deadline, outcome) -> model.infer(inputs, priority, deadline, outcome),
                            (over, outcome, timing) -> {
                                TensorSet found = outcome.getFirst();
                                replies.send(over, found, () -> {
                                    Reply answer = TensorsAnswer.of(model, outputs, found, over.startNanos());
                                    found.release();
                                    return answer;
                                });
                            });
                case PredictParser.Asked.Picture picture ->
                    images.of(
                            (ImageModel) model,
                            picture.file(),
                            picture.wishes(),
                            ImageAnswer::of,
                            NativeProblems.SHAPE);
            };
        } catch (BadBody e) {
            return new Reply.Refused(e.problem(), NativeProblems.SHAPE);
        }
    }

    private PredictParser.Asked asked(HttpServerRequest request, byte[] body, TensorModel model) throws BadBody {
        ImageWishes wishes = ImageWishes.of(request.params());
        @Nullable String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean isForm = Multipart.isType(type);
        if (!isForm && !ImageBody.isFile(type)) {
            return parser.parse(body, model, wishes);
        }
        if (!(model instanceof ImageModel)) {
            throw BadBody.value(otherMedia(
                    model,
                    "takes tensors: send JSON with `inputs`, or the Open Inference Protocol to /v2/models/"
                            + model.description().id() + "/infer"));
        }
        return new PredictParser.Asked.Picture(isForm ? Multipart.file(type, body) : body, wishes);
    }

    private static String name(Exchange exchange) {
        String rest = String.valueOf(exchange.request().path()).substring(PREFIX.length());
        return PathNames.decode(rest).orElse(rest);
    }
}
