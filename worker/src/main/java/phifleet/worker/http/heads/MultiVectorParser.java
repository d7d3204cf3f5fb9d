package phifleet.worker.http.heads;

import com.fasterxml.jackson.core.JsonToken;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.MultiVectorEncoder;

/**
 * {@code POST /embed_all} as text-embeddings-inference has it, whose unknown fields are ignored; or {@code POST /embed} of this project's
 * own dialect where {@code outputs} ask for many vectors, whose unknown fields are mistakes. In both {@code input_type} or
 * {@code prompt_name} says whether texts are queries or documents.
 */
final class MultiVectorParser implements HeadParser {
    private static final String FIELDS = "texts, model, outputs, input_type, prompt_name, truncate";

    private final boolean isNative;
    private final JsonLimits limits;

    MultiVectorParser(boolean isNative, JsonLimits limits) {
        this.isNative = isNative;
        this.limits = limits;
    }

    @Override
    public ProblemShape problems() {
        return isNative ? NativeProblems.SHAPE : TeiProblems.SHAPE;
    }

    @Override
    public MultiVectorQuestion parse(byte[] body) throws BadBody {
        Draft draft = new Draft();
        limits.readObject(body, draft::field);
        return new MultiVectorQuestion(
                TextList.needed(draft.texts, draft.texts(), "a list of strings"),
                draft.alone,
                draft.model,
                draft.role,
                draft.truncate,
                isNative);
    }

    private final class Draft {
        private @Nullable List<String> texts;
        private boolean alone;
        private @Nullable String model;
        private MultiVectorEncoder.Role role = MultiVectorEncoder.Role.DOCUMENT;
        private boolean truncate = true;

        private String texts() {
            return isNative ? "texts" : "inputs";
        }

        void field(String field, JsonInput json) throws BadBody {
            if (field.equals(texts())) {
                alone = !isNative && json.current() == JsonToken.VALUE_STRING;
                texts = alone ? List.of(json.text(field)) : TextList.strings(json, field, limits);
                return;
            }
            switch (field) {
                case "model" -> model = json.optionalText(field);
                case "truncate" -> truncate = json.flag(field, true);
                case "input_type", "prompt_name" -> role = role(field, json);
                default -> {
                    if (isNative && field.equals("outputs")) {
                        outputs(field, json);
                    } else if (isNative) {
                        String name = Excerpt.of(field);
                        throw BadBody.value(Problem.badRequest(
                                "unknown_field",
                                "the field `" + name + "` is not known with many vectors; here are " + FIELDS,
                                name));
                    } else {
                        json.skip();
                    }
                }
            }
        }

        private void outputs(String field, JsonInput json) throws BadBody {
            List<String> names = TextList.strings(json, field, limits);
            if (!names.equals(List.of("multi_vector"))) {
                throw BadBody.value(Problem.badRequest(
                        "invalid_value",
                        "`outputs` must be [\"dense\"] or [\"multi_vector\"]: a model here gives one of them, and sparse"
                                + " vectors are given at /embed_sparse",
                        field));
            }
        }

        private MultiVectorEncoder.Role role(String field, JsonInput json) throws BadBody {
            @Nullable String name = json.optionalText(field);
            return switch (name == null ? "document" : name) {
                case "query" -> MultiVectorEncoder.Role.QUERY;
                case "document" -> MultiVectorEncoder.Role.DOCUMENT;
                default -> throw json.mismatch(field, -1, "query or document");
            };
        }
    }
}
