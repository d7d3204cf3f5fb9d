package phifleet.worker.http.embed;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.CohereProblems;
import phifleet.http.dialect.Problems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.TextInput;

/**
 * {@code POST /v1/embed} and {@code /v2/embed} as Cohere's clients send them, of texts: {@code texts}, or {@code inputs} of one text each. Fields that it does
 * not know are ignored, as by Cohere's own server; those that would change the answer and cannot be had are refused.
 */
final class CohereParser implements EmbedParser {
    private static final String TEXTS = "texts";
    private static final String INPUTS = "inputs";
    private static final String TYPES = "embedding_types";

    private final int version;
    private final JsonLimits limits;

    /** @param version of Cohere's API, 1 or 2 */
    CohereParser(int version, JsonLimits limits) {
        this.version = version;
        this.limits = limits;
    }

    @Override
    public Parsed parse(byte[] body) {
        Draft draft = new Draft();
        try {
            limits.readObject(body, draft::field);
            return new Parsed.Asked(draft.finish());
        } catch (BadBody mistake) {
            return new Parsed.Mistaken(mistake, CohereProblems.SHAPE);
        }
    }

    private final class Draft {
        private @Nullable TextInputs inputs;
        private @Nullable String model;
        private List<String> prompts = List.of();
        private Set<CohereAnswer.Form> forms = EnumSet.noneOf(CohereAnswer.Form.class);
        private boolean truncate = true;
        private EncodeOptions.Direction direction = EncodeOptions.Direction.USUAL;
        private int dimensions;

        void field(String field, JsonInput json) throws BadBody {
            if (json.isNull()) {
                return;
            }
            switch (field) {
                case TEXTS -> take(TextInputs.read(json, field, TextInputs.Form.STRINGS, limits));
                case INPUTS -> take(new TextInputs(field, inputs(json), null));
                case "images", "max_tokens" ->
                    throw BadBody.value(Problem.badRequest(
                            "invalid_value", "`" + field + "` is not taken here: texts are embedded, whole", field));
                case "model" -> model = json.text(field);
                case "input_type" -> prompts = PromptNames.ofCohere(field, json);
                case TYPES -> forms = forms(json);
                case "output_dimension" -> dimensions = json.integer(field, -1, 1, Integer.MAX_VALUE);
                case "truncate" -> truncate(field, json);
                default -> json.skip();
            }
        }

        private void take(TextInputs given) throws BadBody {
            if (inputs != null) {
                throw BadBody.value(Problem.badRequest(
                        "invalid_value", "`texts` and `inputs` are both given: give one of them", given.field()));
            }
            inputs = given;
        }

        private void truncate(String field, JsonInput json) throws BadBody {
            switch (json.text(field)) {
                case "NONE" -> truncate = false;
                case "START" -> direction = EncodeOptions.Direction.LEFT;
                case "END" -> direction = EncodeOptions.Direction.RIGHT;
                default -> throw json.mismatch(field, -1, "NONE, START or END");
            }
        }

        EmbedRequest finish() throws BadBody {
            if (inputs == null) {
                throw BadBody.value(Problem.badRequest("missing_field", "`texts` is needed: a list of strings", TEXTS));
            }
            return new EmbedRequest(
                    inputs,
                    model,
                    new EncodeOptions(truncate, direction, null),
                    prompts,
                    // Theirs have length one when they are cut, too.
                    dimensions > 0 ? Boolean.TRUE : null,
                    dimensions,
                    new CohereAnswer(
                            version,
                            version > 1 || !forms.isEmpty(),
                            forms.isEmpty() ? List.of(CohereAnswer.Form.FLOAT) : List.copyOf(forms)),
                    CohereProblems.SHAPE);
        }
    }

    private static Set<CohereAnswer.Form> forms(JsonInput json) throws BadBody {
        Set<CohereAnswer.Form> forms = EnumSet.noneOf(CohereAnswer.Form.class);
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(TYPES, -1, "a list of types");
        }
        for (int i = 0; json.next() != JsonToken.END_ARRAY; i++) {
            String name = json.text(TYPES, i);
            CohereAnswer.Form found = null;
            for (CohereAnswer.Form form : CohereAnswer.Form.values()) {
                found = form.label().equals(name) ? form : found;
            }
            if (found == null) {
                throw json.mismatch(TYPES, i, "float, int8, uint8, binary, ubinary or base64");
            }
            forms.add(found);
        }
        return forms;
    }

    /** Of each the one text that it has. */
    private List<TextInput> inputs(JsonInput json) throws BadBody {
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(INPUTS, -1, "a list of objects with content");
        }
        List<TextInput> inputs = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            if (inputs.size() == limits.maxTexts()) {
                throw JsonInput.tooMany(INPUTS, limits.maxTexts());
            }
            inputs.add(new TextInput.Text(content(json, JsonInput.path(INPUTS, inputs.size()))));
        }
        if (inputs.isEmpty()) {
            throw BadBody.value(Problems.empty(INPUTS));
        }
        return inputs;
    }

    private static String content(JsonInput json, String path) throws BadBody {
        json.openNested(path);
        List<String> texts = new ArrayList<>();
        String place = path + ".content";
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            if (!field.equals("content")) {
                json.skip();
                continue;
            }
            if (json.current() != JsonToken.START_ARRAY) {
                throw json.mismatch(place, -1, "a list of one text");
            }
            while (json.next() != JsonToken.END_ARRAY) {
                texts.add(text(json, JsonInput.path(place, texts.size())));
            }
        }
        if (texts.size() != 1) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value", "`" + place + "` must be a list of one text, was of " + texts.size(), place));
        }
        return texts.getFirst();
    }

    private static String text(JsonInput json, String path) throws BadBody {
        json.openNested(path);
        String text = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            if (field.equals("text")) {
                text = json.text(path + ".text");
            } else {
                json.skip();
            }
        }
        if (text == null) {
            throw BadBody.value(Problem.badRequest(
                    "missing_field", "`" + path + ".text` is needed: only texts are embedded here", path + ".text"));
        }
        return text;
    }
}
