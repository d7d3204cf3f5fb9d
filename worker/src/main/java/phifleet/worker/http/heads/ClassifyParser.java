package phifleet.worker.http.heads;

import com.fasterxml.jackson.core.JsonToken;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.Problems;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.model.Activation;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.TextClassifier;
import phifleet.inference.text.ZeroShot;
import phifleet.worker.http.image.ImageBody;
import phifleet.worker.http.image.ImageFile;

/** {@code POST /classify}: texts by the model's labels or by the caller's, images by the caller's. Unknown fields are mistakes. */
final class ClassifyParser implements HeadParser {
    private static final String TEXTS = "texts";
    private static final String IMAGE = "image";
    private static final String IMAGES = "images";
    private static final String LABELS = "labels";
    private static final String TEMPLATE = "hypothesis_template";
    private static final String FIELDS =
            "texts, image, images, model, labels, multi_label, hypothesis_template, top_k, threshold, function_to_apply, truncate";

    private final JsonLimits limits;
    private final LabelTerms terms;

    ClassifyParser(JsonLimits limits) {
        this.terms = new LabelTerms(LABELS, TEMPLATE, limits);
        this.limits = limits;
    }

    @Override
    public ProblemShape problems() {
        return NativeProblems.SHAPE;
    }

    @Override
    public Question<?> parse(byte[] body) throws BadBody {
        Draft draft = new Draft();
        limits.readObject(body, draft::field);
        return draft.finish();
    }

    private final class Draft {
        private @Nullable List<TextClassifier.Input> texts;
        private @Nullable List<ImageFile> images;
        private String imageField = IMAGES;
        private @Nullable List<String> labels;
        private @Nullable Boolean multiLabel;
        private @Nullable String template;
        private @Nullable String model;
        private @Nullable Activation activation;
        private boolean truncate = true;
        private int most = Integer.MAX_VALUE;
        private float least = Float.NEGATIVE_INFINITY;

        void field(String field, JsonInput json) throws BadBody {
            switch (field) {
                case TEXTS ->
                    texts = TextList.read(
                            json, field, "a list of strings or of pairs", limits.maxTexts(), ClassifyParser::text);
                case IMAGE, IMAGES -> images(field, json);
                case LABELS -> labels = json.isNull() ? null : LabelList.read(json, field, limits);
                case "multi_label" -> multiLabel = json.optionalFlag(field);
                case TEMPLATE -> template = json.optionalText(field);
                case "model" -> model = json.optionalText(field);
                case "top_k" -> most = json.isNull() ? most : json.integer(field, -1, 1, Integer.MAX_VALUE);
                case "threshold" -> least = json.isNull() ? least : json.float32(field, -1);
                case "function_to_apply" -> activation = json.isNull() ? null : TeiPredictParser.function(field, json);
                case "truncate" -> truncate = json.flag(field, true);
                default -> {
                    String name = Excerpt.of(field);
                    throw BadBody.value(Problem.badRequest(
                            "unknown_field", "the field `" + name + "` is not known; here are " + FIELDS, name));
                }
            }
        }

        private void images(String field, JsonInput json) throws BadBody {
            refuse(images != null, field, "and `" + imageField + "` are both given: give one of them");
            imageField = field;
            images = field.equals(IMAGE)
                    ? List.of(image(json, field))
                    : TextList.read(
                            json,
                            field,
                            "a list of files in base64",
                            limits.maxTexts(),
                            (item, list, index) -> image(item, JsonInput.path(list, index)));
        }

        private static ImageFile image(JsonInput json, String path) throws BadBody {
            return new ImageFile(path, ImageBody.decode(json.file(path), path));
        }

        Question<?> finish() throws BadBody {
            if (images != null) {
                refuse(texts != null, TEXTS, "and `" + imageField + "` are both given: give one of them");
                return imageLabels(images);
            }
            List<TextClassifier.Input> inputs = TextList.needed(texts, TEXTS, "a list of strings");
            TextClassifier.Options options =
                    new TextClassifier.Options(labels != null, truncate, EncodeOptions.Direction.USUAL);
            if (labels == null) {
                refuse(multiLabel != null, "multi_label", "is only of use with `labels`");
                refuse(template != null, TEMPLATE, "is only of use with `labels`");
                return new ClassifyQuestion(
                        inputs,
                        model,
                        TEXTS,
                        index -> JsonInput.path(TEXTS, index),
                        options,
                        activation,
                        most,
                        least,
                        ClassifyQuestion.Form.NATIVE,
                        NativeProblems.SHAPE);
            }
            refuse(activation != null, "function_to_apply", "is not of use with `labels`, whose scores are a softmax");
            return zeroShot(inputs, labels, options);
        }

        private Question<?> imageLabels(List<ImageFile> given) throws BadBody {
            refuse(multiLabel != null, "multi_label", "is not of use with images: the model decides it");
            refuse(activation != null, "function_to_apply", "is not of use with images: the model decides it");
            List<String> wanted = TextList.needed(labels, LABELS, "a list of strings, of which images are told apart");
            terms.checkTemplate(template);
            terms.checkPairs(imageField, given.size(), wanted.size());
            return new ImageLabelsQuestion(
                    given,
                    imageField,
                    wanted,
                    template == null ? ImageLabelsQuestion.USUAL_TEMPLATE : template,
                    model,
                    truncate,
                    most,
                    least,
                    true);
        }

        private Question<?> zeroShot(
                List<TextClassifier.Input> inputs, List<String> wanted, TextClassifier.Options options) throws BadBody {
            terms.checkTemplate(template);
            for (int i = 0; i < inputs.size(); i++) {
                refuse(
                        inputs.get(i).second() != null,
                        JsonInput.path(TEXTS, i),
                        "must be a string where there are `labels`, not a pair");
            }
            terms.checkPairs(TEXTS, inputs.size(), wanted.size());
            terms.checkCharacters(
                    TEXTS,
                    inputs.stream().mapToLong(input -> input.text().length()).sum(),
                    wanted.size());
            return new ZeroShotQuestion(
                    inputs.stream().map(TextClassifier.Input::text).toList(),
                    new ZeroShot(
                            wanted,
                            template == null ? ZeroShot.USUAL_TEMPLATE : template,
                            Boolean.TRUE.equals(multiLabel)),
                    model,
                    options,
                    most,
                    least,
                    TEXTS,
                    LABELS,
                    ZeroShotQuestion.Form.NATIVE);
        }
    }

    private static void refuse(boolean wrong, String field, String why) throws BadBody {
        if (wrong) {
            throw BadBody.value(Problem.badRequest("invalid_value", "`" + field + "` " + why, field));
        }
    }

    private static TextClassifier.Input text(JsonInput json, String field, int index) throws BadBody {
        if (json.current() == JsonToken.VALUE_STRING) {
            return new TextClassifier.Input(json.text(field, index), null);
        }
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(field, index, "a string or a pair of strings");
        }
        String path = JsonInput.path(field, index);
        if (json.next() == JsonToken.END_ARRAY) {
            throw BadBody.value(Problems.empty(path));
        }
        return TeiPredictParser.sequence(json, path);
    }
}
