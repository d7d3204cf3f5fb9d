package phifleet.worker.http.heads;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.model.TextOutputs;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.MultiVectorEncoder;

/**
 * {@code POST /embed} of this project's own dialect where {@code outputs} ask for more or something else than one vector a text. Models that
 * give one kind of output answer for that kind alone; for several at once one is asked that gives them by one run.
 */
final class OutputsParser implements HeadParser {
    private static final String TEXTS = "texts";
    private static final String FIELDS =
            "texts, model, outputs, input_type, prompt_name, truncate, normalize, dimensions, output_dtype, return_tokens";
    private static final String OUTPUTS = "a list of dense, sparse or multi_vector";

    private final JsonLimits limits;

    OutputsParser(JsonLimits limits) {
        this.limits = limits;
    }

    @Override
    public ProblemShape problems() {
        return NativeProblems.SHAPE;
    }

    @Override
    public HeadQuestion<?, ?> parse(byte[] body) throws BadBody {
        Draft draft = new Draft();
        limits.readObject(body, draft::field);
        return draft.finish();
    }

    private final class Draft {
        private @Nullable List<String> texts;
        private @Nullable String model;
        private List<String> outputs = new ArrayList<>();
        private boolean isQuery;
        private boolean truncate = true;
        private boolean tokens;
        private @Nullable Boolean normalize;
        private int dimensions;
        private @Nullable String denseField;

        void field(String field, JsonInput json) throws BadBody {
            switch (field) {
                case TEXTS -> texts = TextList.strings(json, field, limits);
                case "model" -> model = json.optionalText(field);
                case "outputs" -> outputs = outputs(field, json);
                case "truncate" -> truncate = json.flag(field, true);
                case "return_tokens" -> tokens = json.flag(field, false);
                case "output_dtype" -> requireDefaultType(field, json);
                case "input_type", "prompt_name" -> isQuery = Fields.isQuery(field, json);
                case "normalize" -> {
                    normalize = json.optionalFlag(field);
                    denseField = normalize == null ? denseField : field;
                }
                case "dimensions" -> {
                    dimensions = json.isNull() ? 0 : json.integer(field, -1, 1, Integer.MAX_VALUE);
                    denseField = dimensions == 0 ? denseField : field;
                }
                default -> {
                    String name = Excerpt.of(field);
                    throw BadBody.value(Problem.badRequest(
                            "unknown_field",
                            "the field `" + name + "` is not known with such outputs; here are " + FIELDS,
                            name));
                }
            }
        }

        /** Of several heads' vectors no others are made; what is the default anyway may be given. */
        private static void requireDefaultType(String field, JsonInput json) throws BadBody {
            String type = json.optionalText(field);
            if (type != null && !type.equals("float32") && !type.equals("float")) {
                throw BadBody.value(Problem.badRequest(
                        "invalid_value",
                        "`output_dtype` is float32 with such outputs, was `" + Excerpt.of(type) + "`",
                        field));
            }
        }

        private List<String> outputs(String field, JsonInput json) throws BadBody {
            if (json.current() != JsonToken.START_ARRAY) {
                throw json.mismatch(field, -1, OUTPUTS);
            }
            List<String> names = new ArrayList<>();
            for (int i = 0; json.next() != JsonToken.END_ARRAY; i++) {
                String name = json.text(field, i);
                if (!TextOutputs.ALL.names().contains(name)) {
                    throw json.mismatch(field, i, OUTPUTS);
                }
                names.add(name);
            }
            return names;
        }

        HeadQuestion<?, ?> finish() throws BadBody {
            List<String> given = TextList.needed(texts, TEXTS, "a list of strings");
            TextOutputs wanted = new TextOutputs(
                    outputs.contains("dense"), outputs.contains("sparse"), outputs.contains("multi_vector"));
            if (denseField != null && !wanted.dense()) {
                throw BadBody.value(Problem.badRequest(
                        "invalid_value",
                        "`" + denseField + "` is of dense vectors, which `outputs` do not ask for",
                        denseField));
            }
            if (wanted.equals(TextOutputs.MULTI_VECTOR)) {
                return new MultiVectorQuestion(
                        given,
                        false,
                        model,
                        isQuery ? MultiVectorEncoder.Role.QUERY : MultiVectorEncoder.Role.DOCUMENT,
                        truncate,
                        true,
                        tokens);
            }
            if (wanted.equals(TextOutputs.SPARSE)) {
                return new SparseQuestion(
                        given,
                        TEXTS,
                        false,
                        model,
                        truncate,
                        EncodeOptions.Direction.USUAL,
                        isQuery,
                        tokens,
                        Integer.MAX_VALUE,
                        0,
                        SparseQuestion.Form.OUTPUTS);
            }
            return new OutputsQuestion(given, model, wanted, truncate, tokens, normalize, dimensions);
        }
    }
}
