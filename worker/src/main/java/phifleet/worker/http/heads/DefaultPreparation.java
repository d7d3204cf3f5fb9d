package phifleet.worker.http.heads;

import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.http.HttpHeaders;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.ImageBytes;
import phifleet.http.Exchange;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.text.HybridEncoder;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.TextClassifier;
import phifleet.inference.text.entity.EntityExtractor;
import phifleet.worker.http.image.ImageBody;
import phifleet.worker.http.state.ModelHeader;
import phifleet.worker.http.state.WorkerState;

/**
 * {@code POST /}, where clients send what they mean for a task's own path: a {@code query} is to be ranked; labels of the caller's own
 * are for a text where a classifier is asked, for an image where a model of texts and images is; other {@code inputs} are
 * classified where the model that is named is a classifier, named in parts where it finds entities; where none is named the first kind
 * of these that is here counts: sentence encoders, classifiers, those that find entities. All else is embedded. An image, as a file or in
 * base64, is for a model that sees.
 */
final class DefaultPreparation implements BodyPost.Preparation {
    /** JSON, and images' files. */
    static final BodyPost.Media MEDIA =
            exchange -> (isImage(exchange) ? BodyPost.Media.ANY : BodyPost.Media.JSON).refuse(exchange);

    private final BodyPost.Preparation embed;
    private final BodyPost.Preparation rerank;
    private final BodyPost.Preparation predict;
    private final BodyPost.Preparation extract;
    private final BodyPost.Preparation labelled;
    private final BodyPost.Preparation pictures;
    private final JsonLimits limits;
    private final Supplier<WorkerState> states;

    DefaultPreparation(
            BodyPost.Preparation embed,
            BodyPost.Preparation rerank,
            BodyPost.Preparation predict,
            BodyPost.Preparation extract,
            BodyPost.Preparation labelled,
            BodyPost.Preparation pictures,
            JsonLimits limits,
            Supplier<WorkerState> states) {
        this.embed = embed;
        this.rerank = rerank;
        this.predict = predict;
        this.extract = extract;
        this.labelled = labelled;
        this.pictures = pictures;
        this.limits = limits;
        this.states = states;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        if (isImage(exchange) || ImageBytes.isFile(body)) {
            return pictures.prepare(exchange, body);
        }
        Catalogue models = states.get().models();
        if (models.all().stream().allMatch(DefaultPreparation::embedsTextsAlone)) {
            return embed.prepare(exchange, body);
        }
        Told told = told(body);
        if (told.query()) {
            return rerank.prepare(exchange, body);
        }
        String model = ModelHeader.or(told.model(), exchange);
        if (told.image() && !told.labels() && (model == null || isHere(models, model, ImageModel.class))) {
            return pictures.prepare(exchange, body);
        }
        if (told.image() && told.labels() && isHere(models, model, TextImageEncoder.class)) {
            return labelled.prepare(exchange, body);
        }
        if (told.labels() && isHere(models, model, TextClassifier.class)) {
            return predict.prepare(exchange, body);
        }
        if (told.labels() && isHere(models, model, TextImageEncoder.class)) {
            return labelled.prepare(exchange, body);
        }
        if (model == null && isHere(models, null, SentenceEncoder.class)) {
            return embed.prepare(exchange, body);
        }
        if (isHere(models, model, TextClassifier.class)) {
            return predict.prepare(exchange, body);
        }
        return (isHere(models, model, EntityExtractor.class) ? extract : embed).prepare(exchange, body);
    }

    private static boolean isImage(Exchange exchange) {
        return ImageBody.isFile(exchange.request().getHeader(HttpHeaders.CONTENT_TYPE));
    }

    private static boolean isHere(Catalogue models, @Nullable String name, Class<? extends ServedModel> kind) {
        return models.find(name, kind) instanceof Catalogue.Found.Model;
    }

    private static boolean embedsTextsAlone(ServedModel model) {
        return model instanceof SentenceEncoder
                && !(model instanceof HybridEncoder)
                && !(model instanceof TextImageEncoder);
    }

    /** What tells the tasks apart. */
    private record Told(
            boolean query,
            boolean labels,
            boolean image,
            @Nullable String model) {}

    private Told told(byte[] body) {
        boolean query = false;
        boolean labels = false;
        boolean image = false;
        String model = null;
        try (JsonInput json = limits.open(body)) {
            json.openObject();
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                query |= field.equals("query");
                if (field.equals("model") && json.current() == JsonToken.VALUE_STRING) {
                    model = json.text(field);
                } else if (field.equals("inputs") && json.current() == JsonToken.VALUE_STRING) {
                    image = ImageBytes.isText(json.file(field));
                } else if (field.equals("parameters") && json.current() == JsonToken.START_OBJECT) {
                    labels |= hasLabels(json);
                } else {
                    json.skip();
                }
            }
        } catch (BadBody mistake) {
            // Whoever parses it says so.
        }
        return new Told(query, labels, image, model);
    }

    private static boolean hasLabels(JsonInput json) throws BadBody {
        boolean found = false;
        json.openNested("parameters");
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            found |= field.equals("candidate_labels") && !json.isNull();
            json.skip();
        }
        return found;
    }
}
