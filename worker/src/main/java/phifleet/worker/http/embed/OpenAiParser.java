package phifleet.worker.http.embed;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.OpenAiProblems;
import phifleet.http.dialect.Problems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.TextInput;

/** {@code POST /v1/embeddings}. Fields that OpenAI adds some day are ignored. */
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
        OpenAiAnswer answer = OpenAiAnswer.FLOAT;
        int dimensions = 0;
        json.openObject();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case INPUT -> inputs = TextInputs.read(json, field, TextInputs.Form.STRINGS_OR_IDS, limits);
                case "model" -> model = json.optionalText(field);
                case "encoding_format" -> answer = format(field, json);
                case "dimensions" -> dimensions = json.isNull() ? 0 : json.integer(field, -1, 1, Integer.MAX_VALUE);
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
                new EncodeOptions(true, EncodeOptions.Direction.RIGHT, null),
                // Theirs have length one when they are cut, too.
                dimensions > 0 ? Boolean.TRUE : null,
                dimensions,
                answer,
                OpenAiProblems.SHAPE);
    }

    private static OpenAiAnswer format(String field, JsonInput json) throws BadBody {
        String text = json.optionalText(field);
        return switch (text == null ? "float" : text) {
            case "float" -> OpenAiAnswer.FLOAT;
            case "base64" -> OpenAiAnswer.BASE64;
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
