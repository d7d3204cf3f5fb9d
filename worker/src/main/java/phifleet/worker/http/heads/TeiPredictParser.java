package phifleet.worker.http.heads;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.Problems;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.model.Activation;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.TextClassifier;
import phifleet.inference.text.ZeroShot;
import phifleet.worker.http.lane.TruncationDirection;

/**
 * {@code POST /predict} as text-embeddings-inference has it: {@code inputs} is a text, a pair {@code ["a", "b"]}, or a list of lists
 * of one text or two. At {@code /}, where Hugging Face's own clients ask, the answer is a list of lists for one text too. Their
 * {@code candidate_labels} ask for labels of the caller's own, at both.
 */
final class TeiPredictParser implements HeadParser {
    private static final String INPUTS = "inputs";
    private static final String WANTED = "a string, a pair of strings, or a list of lists of one string or two";

    private final boolean nested;
    private static final String LABELS = "parameters.candidate_labels";
    private static final String TEMPLATE = "parameters.hypothesis_template";

    private final JsonLimits limits;
    private final LabelTerms terms;

    /** @param nested whether the labels of one text are a list in a list */
    TeiPredictParser(boolean nested, JsonLimits limits) {
        this.nested = nested;
        this.terms = new LabelTerms(LABELS, TEMPLATE, limits);
        this.limits = limits;
    }

    @Override
    public ProblemShape problems() {
        return TeiProblems.SHAPE;
    }

    @Override
    public HeadQuestion<?, ?> parse(byte[] body) throws BadBody {
        Draft draft = new Draft();
        limits.readObject(body, draft::field);
        return draft.finish();
    }

    private final class Draft {
        private @Nullable List<TextClassifier.Input> inputs;
        private boolean many;
        private @Nullable String model;
        private boolean truncate = true;
        private EncodeOptions.Direction direction = EncodeOptions.Direction.USUAL;
        private @Nullable Activation activation;
        private int most = Integer.MAX_VALUE;
        private @Nullable List<String> flat;
        private @Nullable List<String> labels;
        private boolean multiLabel;
        private @Nullable String template;

        void field(String field, JsonInput json) throws BadBody {
            switch (field) {
                case INPUTS -> inputs(json);
                case "model" -> model = json.optionalText(field);
                case "raw_scores" -> activation = json.flag(field, false) ? Activation.IDENTITY : activation;
                case "truncate" -> truncate = json.flag(field, true);
                case "truncation_direction" -> direction = TruncationDirection.read(field, json);
                case "parameters" -> json.eachField(field, this::parameter);
                default -> json.skip();
            }
        }

        private void parameter(String field, JsonInput json) throws BadBody {
            String path = "parameters." + field;
            switch (field) {
                case "top_k" -> most = json.isNull() ? most : json.integer(path, -1, 1, Integer.MAX_VALUE);
                case "function_to_apply" -> activation = json.isNull() ? activation : function(path, json);
                case "truncate" -> truncate = json.flag(path, true);
                case "candidate_labels" -> labels = json.isNull() ? null : labels(path, json);
                case "multi_label" -> multiLabel = json.flag(path, false);
                case "hypothesis_template" -> template = json.optionalText(path);
                default -> json.skip();
            }
        }

        /** A list, or as transformers' pipeline has it a string of them with commas between. */
        private List<String> labels(String path, JsonInput json) throws BadBody {
            if (json.current() == JsonToken.START_ARRAY) {
                return LabelList.read(json, path, limits);
            }
            return LabelList.checked(
                    Stream.of(json.text(path).split(",", -1)).map(String::strip).toList(), path, limits);
        }

        private void inputs(JsonInput json) throws BadBody {
            if (json.current() == JsonToken.VALUE_STRING) {
                inputs = List.of(new TextClassifier.Input(json.text(INPUTS), null));
                return;
            }
            if (json.current() != JsonToken.START_ARRAY) {
                throw json.mismatch(INPUTS, -1, WANTED);
            }
            JsonToken first = json.next();
            if (first == JsonToken.END_ARRAY) {
                throw BadBody.value(Problems.empty(INPUTS));
            }
            if (first != JsonToken.START_ARRAY) {
                flat = flat(json);
                return;
            }
            many = true;
            List<TextClassifier.Input> list = new ArrayList<>();
            do {
                if (list.size() == limits.maxTexts()) {
                    throw JsonInput.tooMany(INPUTS, limits.maxTexts());
                }
                String path = JsonInput.path(INPUTS, list.size());
                if (json.current() != JsonToken.START_ARRAY) {
                    throw json.mismatch(INPUTS, list.size(), "a list of one string or two");
                }
                if (json.next() == JsonToken.END_ARRAY) {
                    throw BadBody.value(Problems.empty(path));
                }
                list.add(sequence(json, path));
            } while (json.next() != JsonToken.END_ARRAY);
            inputs = list;
        }

        /** What a list of strings has; a pair, unless there are labels. The first is the current token. */
        private List<String> flat(JsonInput json) throws BadBody {
            List<String> texts = new ArrayList<>();
            do {
                if (texts.size() == limits.maxTexts()) {
                    throw JsonInput.tooMany(INPUTS, limits.maxTexts());
                }
                texts.add(json.text(INPUTS, texts.size()));
            } while (json.next() != JsonToken.END_ARRAY);
            return texts;
        }

        HeadQuestion<?, ?> finish() throws BadBody {
            if (labels != null) {
                return zeroShot(labels);
            }
            if (flat != null) {
                if (flat.size() > 2) {
                    throw BadBody.value(moreThanTwo(INPUTS));
                }
                inputs = List.of(new TextClassifier.Input(flat.getFirst(), flat.size() == 2 ? flat.get(1) : null));
            }
            List<TextClassifier.Input> list = TextList.needed(inputs, INPUTS, WANTED);
            boolean inList = many;
            return new ClassifyQuestion(
                    list,
                    model,
                    INPUTS,
                    index -> inList ? JsonInput.path(INPUTS, index) : INPUTS,
                    new TextClassifier.Options(false, truncate, direction),
                    activation,
                    most,
                    Float.NEGATIVE_INFINITY,
                    many || nested ? ClassifyQuestion.Form.TEI_MANY : ClassifyQuestion.Form.TEI_ONE,
                    TeiProblems.SHAPE);
        }

        private ZeroShotQuestion zeroShot(List<String> wanted) throws BadBody {
            terms.checkTemplate(template);
            List<String> texts = flat;
            if (texts == null) {
                texts = new ArrayList<>();
                for (TextClassifier.Input input : TextList.needed(inputs, INPUTS, "a string or a list of strings")) {
                    if (input.second() != null) {
                        String path = JsonInput.path(INPUTS, texts.size());
                        throw BadBody.value(Problem.badRequest(
                                "invalid_value", "`" + path + "` must be one text where there are labels", path));
                    }
                    texts.add(input.text());
                }
            }
            terms.checkPairs(INPUTS, texts.size(), wanted.size());
            terms.checkCharacters(
                    INPUTS, texts.stream().mapToLong(String::length).sum(), wanted.size());
            return new ZeroShotQuestion(
                    texts,
                    new ZeroShot(wanted, template == null ? ZeroShot.USUAL_TEMPLATE : template, multiLabel),
                    model,
                    new TextClassifier.Options(true, truncate, direction),
                    most,
                    Float.NEGATIVE_INFINITY,
                    INPUTS,
                    LABELS,
                    flat == null && !many ? ZeroShotQuestion.Form.HUB_ONE : ZeroShotQuestion.Form.HUB_MANY);
        }
    }

    /** One string or two; the first is the current token, and the list is read to its end. */
    static TextClassifier.Input sequence(JsonInput json, String path) throws BadBody {
        String text = json.text(path, 0);
        if (json.next() == JsonToken.END_ARRAY) {
            return new TextClassifier.Input(text, null);
        }
        String second = json.text(path, 1);
        if (json.next() != JsonToken.END_ARRAY) {
            throw BadBody.value(moreThanTwo(path));
        }
        return new TextClassifier.Input(text, second);
    }

    private static Problem moreThanTwo(String path) {
        return Problem.badRequest(
                "invalid_value",
                "`" + path
                        + "` has more than two strings: a text is one, a pair is two, and several of them are lists in a"
                        + " list",
                path);
    }

    static Activation function(String path, JsonInput json) throws BadBody {
        return switch (json.text(path)) {
            case "sigmoid" -> Activation.SIGMOID;
            case "softmax" -> Activation.SOFTMAX;
            case "none" -> Activation.IDENTITY;
            default -> throw json.mismatch(path, -1, "sigmoid, softmax or none");
        };
    }
}
