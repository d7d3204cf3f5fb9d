package phifleet.worker.http.embed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.TextInput;
import phifleet.worker.http.lane.TruncationDirection;

/** {@code POST /similarity}: one source sentence against a list of others. */
final class SimilarityParser implements EmbedParser {
    private static final String SOURCE = "inputs.source_sentence";
    private static final String SENTENCES = "inputs.sentences";

    private final JsonLimits limits;

    SimilarityParser(JsonLimits limits) {
        this.limits = limits;
    }

    @Override
    public Parsed parse(byte[] body) {
        Draft draft = new Draft();
        try {
            limits.readObject(body, draft::field);
            return new Parsed.Asked(draft.finish());
        } catch (BadBody mistake) {
            return new Parsed.Mistaken(mistake, TeiProblems.SHAPE);
        }
    }

    private final class Draft {
        private @Nullable String source;
        private @Nullable TextInputs sentences;
        private @Nullable String model;
        private @Nullable String promptName;
        private boolean truncate = true;
        private EncodeOptions.Direction direction = EncodeOptions.Direction.USUAL;

        void field(String field, JsonInput json) throws BadBody {
            switch (field) {
                case "inputs" -> inputs(json);
                case "model" -> model = json.optionalText(field);
                case "parameters" -> json.eachField(field, this::parameter);
                default -> json.skip();
            }
        }

        private void inputs(JsonInput json) throws BadBody {
            json.openNested("inputs");
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                switch (field) {
                    case "source_sentence" -> source = json.text(SOURCE);
                    case "sentences" -> sentences = TextInputs.read(json, SENTENCES, TextInputs.Form.STRINGS, limits);
                    default -> json.skip();
                }
            }
        }

        private void parameter(String field, JsonInput json) throws BadBody {
            String path = "parameters." + field;
            switch (field) {
                case "truncate" -> truncate = json.flag(path, true);
                case "truncation_direction" -> direction = TruncationDirection.read(path, json);
                case "prompt_name" -> promptName = json.optionalText(path);
                default -> json.skip();
            }
        }

        EmbedRequest finish() throws BadBody {
            if (source == null) {
                throw missing(SOURCE, "a string");
            }
            if (sentences == null) {
                throw missing(SENTENCES, "a list of strings");
            }
            List<TextInput> list = new ArrayList<>(sentences.list().size() + 1);
            list.add(new TextInput.Text(source));
            list.addAll(sentences.list());
            return new EmbedRequest(
                    new TextInputs(SENTENCES, list, SOURCE),
                    model,
                    new EncodeOptions(truncate, direction, promptName),
                    false,
                    0,
                    SimilarityAnswer.ANSWER,
                    TeiProblems.SHAPE);
        }

        private static BadBody missing(String field, String wanted) {
            return BadBody.value(Problem.badRequest("missing_field", "`" + field + "` is needed: " + wanted, field));
        }
    }
}
