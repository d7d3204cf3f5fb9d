package phifleet.worker.http.heads;

import com.fasterxml.jackson.core.JsonToken;
import java.util.List;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.EncodeOptions;
import phifleet.worker.http.lane.TruncationDirection;

/**
 * {@code POST /embed_sparse} as text-embeddings-inference has it, and beyond it {@code input_type}, {@code top_k}, {@code min_value} and
 * {@code return_tokens}.
 */
final class SparseParser implements HeadParser {
    private static final String INPUTS = "inputs";

    private final JsonLimits limits;

    SparseParser(JsonLimits limits) {
        this.limits = limits;
    }

    @Override
    public ProblemShape problems() {
        return TeiProblems.SHAPE;
    }

    @Override
    public SparseQuestion parse(byte[] body) throws BadBody {
        List<String> inputs = null;
        boolean alone = false;
        String model = null;
        boolean truncate = true;
        EncodeOptions.Direction direction = EncodeOptions.Direction.USUAL;
        boolean query = false;
        boolean tokens = false;
        int most = Integer.MAX_VALUE;
        float least = 0;
        try (JsonInput json = limits.open(body)) {
            json.openObject();
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                switch (field) {
                    case INPUTS -> {
                        alone = json.current() == JsonToken.VALUE_STRING;
                        inputs = inputs(json, alone);
                    }
                    case "model" -> model = json.optionalText(field);
                    case "truncate" -> truncate = json.flag(field, true);
                    case "truncation_direction" -> direction = TruncationDirection.read(field, json);
                    case "prompt_name", "input_type" -> query |= Fields.isQuery(field, json);
                    case "return_tokens" -> tokens = json.flag(field, false);
                    case "top_k" -> most = json.isNull() ? most : json.integer(field, -1, 1, Integer.MAX_VALUE);
                    case "min_value" -> least = json.isNull() ? 0 : json.float32(field, -1);
                    default -> json.skip();
                }
            }
            json.end();
        }
        return new SparseQuestion(
                TextList.needed(inputs, INPUTS, "a string or a list of strings"),
                INPUTS,
                alone,
                model,
                truncate,
                direction,
                query,
                tokens,
                most,
                least,
                SparseQuestion.Form.LISTS);
    }

    private List<String> inputs(JsonInput json, boolean alone) throws BadBody {
        if (alone) {
            return List.of(json.text(INPUTS));
        }
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(INPUTS, -1, "a string or a list of strings");
        }
        return TextList.strings(json, INPUTS, limits);
    }
}
