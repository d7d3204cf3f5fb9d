package phifleet.worker.http.predict;

import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import phifleet.common.ImageBytes;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageReading;
import phifleet.worker.http.image.ImageBody;
import phifleet.worker.http.lane.LaneReply;
import phifleet.worker.http.state.MissingModel;
import phifleet.worker.http.state.ModelHeader;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/**
 * An image at the bare address, as Hugging Face's clients ask for {@code image-classification} and {@code object-detection}: the file
 * itself, or in base64 in {@code inputs} with {@code parameters}. Where no model is named the first classifier of images sees it, else the first
 * detector.
 */
final class HubPictures implements BodyPost.Preparation {
    private static final String INPUTS = "inputs";

    private final WorkerView worker;
    private final JsonLimits limits;
    private final ImageReply images;

    HubPictures(WorkerView worker, JsonLimits limits, ImageReply images) {
        this.worker = worker;
        this.limits = limits;
        this.images = images;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        WorkerState state = worker.state();
        if (!state.isReady()) {
            return refused(ModelProblems.notReady(state));
        }
        try {
            @Nullable String type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
            Draft draft = new Draft();
            if (ImageBody.isFile(type) || ImageBytes.isFile(body)) {
                draft.file = body;
            } else {
                limits.readObject(body, draft::field);
            }
            return seen(exchange, state, ModelHeader.or(draft.model, exchange), draft);
        } catch (BadBody mistake) {
            return refused(mistake.problem());
        }
    }

    private Reply seen(Exchange exchange, WorkerState state, @Nullable String name, Draft draft) throws BadBody {
        byte[] file = draft.file;
        if (file == null) {
            throw BadBody.value(
                    Problem.badRequest("missing_field", "`inputs` is needed: an image's file in base64", INPUTS));
        }
        Catalogue.Found<ImageModel> found =
                name == null ? usual(state.models()) : state.models().find(name, ImageModel.class);
        return switch (found) {
            case Catalogue.Found.Missing<ImageModel> missing ->
                MissingModel.reply(missing, "image-classifier", state, exchange, TeiProblems.SHAPE);
            case Catalogue.Found.Model<ImageModel>(ImageModel model)
            when model.reading() instanceof ImageReading.OneVector -> {
                Catalogue.Found.Missing<ImageModel> other = new Catalogue.Found.OtherKind<>(model);
                yield MissingModel.reply(other, "image-classifier", state, exchange, TeiProblems.SHAPE);
            }
            case Catalogue.Found.Model<ImageModel>(ImageModel model) -> {
                Admission.Overloaded refusal = LaneReply.refusal(exchange, model);
                yield refusal == null
                        ? images.of(model, file, draft.wishes, HubPicture::of, TeiProblems.SHAPE)
                        : refused(ModelProblems.overloaded(refusal));
            }
        };
    }

    private static Catalogue.Found<ImageModel> usual(Catalogue models) {
        ImageModel detector = null;
        for (ServedModel served : models.all()) {
            if (served instanceof ImageModel model) {
                switch (model.reading()) {
                    case ImageReading.Classes classes -> {
                        return new Catalogue.Found.Model<>(model);
                    }
                    case ImageReading.Boxes boxes -> detector = detector == null ? model : detector;
                    case ImageReading.OneVector vector -> {}
                }
            }
        }
        return detector == null ? new Catalogue.Found.NoneOfKind<>() : new Catalogue.Found.Model<>(detector);
    }

    private static Reply refused(Problem problem) {
        return new Reply.Refused(problem, TeiProblems.SHAPE);
    }

    private static final class Draft {
        private byte @Nullable [] file;
        private @Nullable String model;
        private ImageWishes wishes = ImageWishes.USUAL;

        void field(String field, JsonInput json) throws BadBody {
            switch (field) {
                case INPUTS -> file = ImageBody.decode(json.file(field), field);
                case "model" -> model = json.optionalText(field);
                case "parameters" -> json.eachField(field, this::parameter);
                default -> json.skip();
            }
        }

        private void parameter(String field, JsonInput json) throws BadBody {
            String path = "parameters." + field;
            if (json.isNull()) {
                return;
            }
            switch (field) {
                case "top_k" -> wishes = wishes.withTopK(json.integer(path, -1, 1, ImageWishes.MOST));
                case "threshold" -> wishes = wishes.withThreshold(PredictParser.share(json, path));
                case "function_to_apply" -> function(json.text(path), path);
                default -> json.skip();
            }
        }

        private static void function(String name, String path) throws BadBody {
            if (!name.equals("softmax")) {
                throw BadBody.value(Problem.badRequest(
                        "invalid_value",
                        "`" + path + "` must be softmax, which is what scores are made by, was '" + name + "'",
                        path));
            }
        }
    }
}
