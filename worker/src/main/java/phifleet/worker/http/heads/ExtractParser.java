package phifleet.worker.http.heads;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.entity.Aggregation;
import phifleet.inference.text.entity.EntityExtractor;

/** {@code POST /extract}: spans of texts, by the model's kinds or by the caller's labels. Unknown fields are mistakes. */
final class ExtractParser implements HeadParser {
    private static final String TEXTS = "texts";
    private static final String FIELDS = "texts, model, labels, threshold, aggregation, overlapping, truncate";

    private final JsonLimits limits;

    ExtractParser(JsonLimits limits) {
        this.limits = limits;
    }

    @Override
    public ProblemShape problems() {
        return NativeProblems.SHAPE;
    }

    @Override
    public ExtractQuestion parse(byte[] body) throws BadBody {
        Draft draft = new Draft();
        limits.readObject(body, draft::field);
        return new ExtractQuestion(
                TextList.needed(draft.texts, TEXTS, "a list of strings"),
                TEXTS,
                false,
                draft.model,
                new EntityExtractor.Wanted(
                        draft.labels, null, draft.threshold, draft.aggregation, draft.overlapping, draft.truncate),
                ExtractAnswer.NATIVE,
                NativeProblems.SHAPE);
    }

    private final class Draft {
        private @Nullable List<String> texts;
        private List<String> labels = List.of();
        private @Nullable String model;
        private @Nullable Float threshold;
        private @Nullable Aggregation aggregation;
        private @Nullable Boolean overlapping;
        private boolean truncate;

        void field(String field, JsonInput json) throws BadBody {
            switch (field) {
                case TEXTS -> texts = TextList.strings(json, field, limits);
                case "labels" -> labels = json.isNull() ? List.of() : LabelList.read(json, field, limits);
                case "model" -> model = json.optionalText(field);
                case "threshold" -> threshold = json.isNull() ? null : threshold(field, json);
                case "aggregation" -> aggregation = json.isNull() ? null : aggregation(field, json);
                case "overlapping" -> overlapping = json.optionalFlag(field);
                case "truncate" -> truncate = json.flag(field, false);
                default -> {
                    String name = Excerpt.of(field);
                    throw BadBody.value(Problem.badRequest(
                            "unknown_field", "the field `" + name + "` is not known; here are " + FIELDS, name));
                }
            }
        }
    }

    private static float threshold(String field, JsonInput json) throws BadBody {
        float threshold = json.float32(field, -1);
        if (threshold < 0 || threshold > 1) {
            throw json.mismatch(field, -1, "a number from 0 to 1");
        }
        return threshold;
    }

    static Aggregation aggregation(String field, JsonInput json) throws BadBody {
        String name = json.text(field).toLowerCase(Locale.ROOT);
        for (Aggregation aggregation : Aggregation.values()) {
            if (aggregation.label().equals(name)) {
                return aggregation;
            }
        }
        throw json.mismatch(field, -1, "none, simple, first, average or max");
    }
}
