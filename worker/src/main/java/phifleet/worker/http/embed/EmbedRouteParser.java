package phifleet.worker.http.embed;

import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.Dialects;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.VectorType;
import phifleet.worker.http.lane.TruncationDirection;

/**
 * {@code POST /embed} in its two dialects: {@code texts} makes it this project's own, {@code inputs} makes it
 * text-embeddings-inference's. Own requests may not hold unknown fields; the other dialect ignores them, as its server does.
 */
final class EmbedRouteParser implements EmbedParser {
    private static final String TEXTS = "texts";
    private static final String INPUTS = "inputs";
    private static final String FIELDS =
            "texts, model, normalize, truncate, prompt_name, prompt, dimensions, output_dtype, outputs";
    private static final String TOKENS = "return_tokens";
    private static final String OUTPUTS = "a list of dense, sparse or multi_vector";

    private final String path;

    /** Whether the path is of the other dialect alone. */
    private final boolean foreign;

    private final JsonLimits limits;

    /**
     * Of one path.
     *
     * @param path {@code /embed}; or {@code /}, where text-embeddings-inference has it too and where only its dialect is taken
     */
    EmbedRouteParser(String path, JsonLimits limits) {
        this.path = path;
        this.foreign = Dialects.of(path) == TeiProblems.SHAPE;
        this.limits = limits;
    }

    @Override
    public Parsed parse(byte[] body) {
        Draft draft = new Draft();
        try {
            limits.readObject(body, draft::field);
            return draft.asksElsewhere() ? new Parsed.OtherOutputs() : new Parsed.Asked(draft.finish());
        } catch (BadBody mistake) {
            return new Parsed.Mistaken(
                    mistake, draft.dialect == null ? Dialects.of(path, body, body.length) : draft.problems());
        }
    }

    private final class Draft {
        private @Nullable TextInputs inputs;
        private @Nullable String dialect;
        private @Nullable String unknown;
        private @Nullable BadBody early;
        private @Nullable String model;
        private @Nullable String promptName;
        private @Nullable String prompt;
        private boolean truncate = true;
        private @Nullable Boolean normalize;
        private EncodeOptions.Direction direction = EncodeOptions.Direction.USUAL;
        private int dimensions;
        private boolean otherOutputs;
        private boolean tokens;
        private VectorType type = VectorType.FLOAT32;

        ProblemShape problems() {
            return INPUTS.equals(dialect) ? TeiProblems.SHAPE : NativeProblems.SHAPE;
        }

        void field(String field, JsonInput json) throws BadBody {
            try {
                read(field, json);
            } catch (BadBody mistake) {
                if (dialect != null || !mistake.readable()) {
                    throw mistake;
                }
                // Said once the dialect is known.
                early = early == null ? mistake : early;
                json.skip();
            }
        }

        private void read(String field, JsonInput json) throws BadBody {
            switch (field) {
                case TEXTS -> {
                    if (foreign) {
                        json.skip();
                    } else {
                        inputs(field, TextInputs.Form.STRINGS_OR_ITEMS, json);
                    }
                }
                case INPUTS -> inputs(field, TextInputs.Form.STRINGS_OR_IDS, json);
                case "model" -> model = json.optionalText(field);
                case "normalize" -> normalize = json.optionalFlag(field);
                case "truncate" -> truncate = json.flag(field, true);
                case "prompt_name" -> promptName = json.optionalText(field);
                case "truncation_direction" -> {
                    unknown(field);
                    direction = TruncationDirection.read(field, json);
                }
                case "prompt" -> prompt = json.optionalText(field);
                case "dimensions" -> dimensions = json.isNull() ? 0 : json.integer(field, -1, 1, Integer.MAX_VALUE);
                case "outputs" -> outputs(field, json);
                case TOKENS -> tokens(field, json);
                case "output_dtype" -> type = VectorTypeField.read(field, json);
                default -> {
                    unknown(field);
                    json.skip();
                }
            }
        }

        private void outputs(String field, JsonInput json) throws BadBody {
            if (json.isNull() || foreign || INPUTS.equals(dialect)) {
                json.skip();
                return;
            }
            if (json.current() != JsonToken.START_ARRAY) {
                throw json.mismatch(field, -1, OUTPUTS);
            }
            for (int i = 0; json.next() != JsonToken.END_ARRAY; i++) {
                switch (json.text(field, i)) {
                    case "dense" -> {}
                    case "sparse", "multi_vector" -> otherOutputs = true;
                    default -> throw json.mismatch(field, i, OUTPUTS);
                }
            }
        }

        /** Dense vectors have none; the default may be given with them as it may be with others. */
        private void tokens(String field, JsonInput json) throws BadBody {
            if (foreign || INPUTS.equals(dialect)) {
                json.skip();
            } else {
                tokens = json.flag(field, false);
            }
        }

        boolean asksElsewhere() {
            return otherOutputs && !foreign && !INPUTS.equals(dialect);
        }

        private void inputs(String field, TextInputs.Form form, JsonInput json) throws BadBody {
            if (dialect != null) {
                throw BadBody.syntax(Problem.badRequest(
                        "invalid_value", "`texts` and `inputs` are of two dialects: give one of them", field));
            }
            dialect = field;
            inputs = TextInputs.read(json, field, form, limits);
        }

        private void unknown(String field) {
            unknown = unknown == null ? field : unknown;
        }

        EmbedRequest finish() throws BadBody {
            if (early != null) {
                throw early;
            }
            if (foreign && inputs == null) {
                throw BadBody.value(Problem.badRequest(
                        "missing_field", "`inputs` is needed: a string or a list of strings or of token ids", INPUTS));
            }
            if (unknown != null && !INPUTS.equals(dialect)) {
                String name = Excerpt.of(unknown);
                throw BadBody.value(Problem.badRequest(
                        "unknown_field", "the field `" + name + "` is not known; here are " + FIELDS, name));
            }
            if (tokens && !INPUTS.equals(dialect)) {
                throw BadBody.value(Problem.badRequest(
                        "invalid_value",
                        "`return_tokens` is of sparse and multi_vector outputs, which `outputs` do not ask for",
                        TOKENS));
            }
            if (inputs == null) {
                throw BadBody.value(Problem.badRequest(
                        "missing_field",
                        "`texts` is needed: a list of strings (or `inputs`, in the dialect of text-embeddings-inference)",
                        TEXTS));
            }
            if (prompt != null && promptName != null) {
                throw BadBody.value(Problem.badRequest(
                        "invalid_value", "`prompt` and `prompt_name` are both given: give one of them", "prompt"));
            }
            return new EmbedRequest(
                    inputs,
                    model,
                    new EncodeOptions(truncate, direction, promptName, prompt),
                    normalize,
                    dimensions,
                    INPUTS.equals(dialect) ? TeiAnswer.ANSWER : new NativeAnswer(type),
                    problems());
        }
    }
}
