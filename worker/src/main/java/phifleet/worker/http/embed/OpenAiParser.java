package phifleet.worker.http.embed;

import com.fasterxml.jackson.core.JsonToken;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.OpenAiProblems;
import phifleet.http.dialect.Problems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.TextInput;
import phifleet.inference.text.VectorType;

/**
 * {@code POST /v1/embeddings}, with what Voyage ({@code output_dtype}, {@code output_dimension}, {@code input_type}) and Jina
 * ({@code embedding_type}) have beyond it. Fields that OpenAI adds some day are ignored.
 */
final class OpenAiParser implements EmbedParser {
    private static final String INPUT = "input";

    private final JsonLimits limits;

    OpenAiParser(JsonLimits limits) {
        this.limits = limits;
    }

    @Override
    public Parsed parse(byte[] body) {
        try (JsonInput json = limits.open(body)) {
            return new Parsed.Asked(read(json));
        } catch (BadBody mistake) {
            return new Parsed.Mistaken(mistake, OpenAiProblems.SHAPE);
        }
    }

    private EmbedRequest read(JsonInput json) throws BadBody {
        @Nullable TextInputs inputs = null;
        @Nullable String model = null;
        boolean base64 = false;
        VectorType type = VectorType.FLOAT32;
        String typeField = "output_dtype";
        List<String> prompts = List.of();
        int dimensions = 0;
        json.openObject();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case INPUT -> inputs = TextInputs.read(json, field, TextInputs.Form.STRINGS_OR_IDS_OR_ITEMS, limits);
                case "model" -> model = json.optionalText(field);
                case "encoding_format" -> base64 |= isBase64(field, json);
                case "output_dtype" -> type = VectorTypeField.read(field, json);
                case "embedding_type" -> {
                    // Jina's word for both.
                    if (json.current() == JsonToken.VALUE_STRING
                            && json.text(field).equals("base64")) {
                        base64 = true;
                    } else {
                        type = VectorTypeField.read(field, json);
                        typeField = field;
                    }
                }
                case "dimensions", "output_dimension" ->
                    dimensions = json.isNull() ? 0 : json.integer(field, -1, 1, Integer.MAX_VALUE);
                case "input_type" -> prompts = PromptNames.ofVoyage(field, json);
                case "user" -> json.optionalText(field);
                default -> json.skip();
            }
        }
        json.end();
        if (inputs == null) {
            throw BadBody.value(Problem.badRequest(
                    "missing_field",
                    "`input` is needed: a string, a list of strings, a list of token ids, or a list of such lists",
                    INPUT));
        }
        refuseEmptyTexts(inputs);
        return new EmbedRequest(
                inputs,
                model,
                new EncodeOptions(true, EncodeOptions.Direction.USUAL, null),
                prompts,
                // Theirs have length one when they are cut, too.
                dimensions > 0 ? Boolean.TRUE : null,
                dimensions,
                new OpenAiAnswer(type, base64, typeField),
                OpenAiProblems.SHAPE);
    }

    private static boolean isBase64(String field, JsonInput json) throws BadBody {
        String text = json.optionalText(field);
        return switch (text == null ? "float" : text) {
            case "float" -> false;
            case "base64" -> true;
            default -> throw json.mismatch(field, -1, "float or base64");
        };
    }

    /** OpenAI's own rule. */
    private static void refuseEmptyTexts(TextInputs inputs) throws BadBody {
        for (int i = 0; i < inputs.list().size(); i++) {
            if (inputs.list().get(i) instanceof TextInput.Text(String text) && text.isEmpty()) {
                throw BadBody.value(Problem.badRequest(
                        Problems.EMPTY, "`" + inputs.path(i) + "` cannot be an empty string", inputs.path(i)));
            }
        }
    }
}
