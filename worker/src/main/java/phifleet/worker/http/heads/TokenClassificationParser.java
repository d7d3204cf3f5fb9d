package phifleet.worker.http.heads;

import com.fasterxml.jackson.core.JsonToken;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.entity.Aggregation;
import phifleet.inference.text.entity.EntityExtractor;

/**
 * {@code POST /} as Hugging Face's client sends {@code token_classification}: {@code inputs}, and in {@code parameters}
 * {@code aggregation_strategy} and {@code ignore_labels}. Fields that it does not know are ignored, as by its own server.
 */
final class TokenClassificationParser implements HeadParser {
    private static final String INPUTS = "inputs";
    private static final String PARAMETERS = "parameters";

    private final JsonLimits limits;

    TokenClassificationParser(JsonLimits limits) {
        this.limits = limits;
    }

    @Override
    public ProblemShape problems() {
        return TeiProblems.SHAPE;
    }

    @Override
    public ExtractQuestion parse(byte[] body) throws BadBody {
        Draft draft = new Draft();
        limits.readObject(body, draft::field);
        return new ExtractQuestion(
                TextList.needed(draft.inputs, INPUTS, "a string or a list of strings"),
                INPUTS,
                draft.alone,
                draft.model,
                new EntityExtractor.Wanted(List.of(), draft.ignored, null, draft.aggregation, null, false),
                ExtractAnswer.PIPELINE,
                TeiProblems.SHAPE);
    }

    private final class Draft {
        private @Nullable List<String> inputs;
        private boolean alone;
        private @Nullable String model;
        private @Nullable Set<String> ignored;
        private @Nullable Aggregation aggregation;

        void field(String field, JsonInput json) throws BadBody {
            switch (field) {
                case INPUTS -> {
                    alone = json.current() == JsonToken.VALUE_STRING;
                    inputs = alone ? List.of(json.text(field)) : TextList.strings(json, field, limits);
                }
                case "model" -> model = json.optionalText(field);
                case PARAMETERS -> json.eachField(field, this::parameter);
                default -> json.skip();
            }
        }

        private void parameter(String name, JsonInput json) throws BadBody {
            String path = PARAMETERS + "." + name;
            if (json.isNull()) {
                return;
            }
            switch (name) {
                case "aggregation_strategy" -> aggregation = ExtractParser.aggregation(path, json);
                case "ignore_labels" -> {
                    if (json.current() != JsonToken.START_ARRAY) {
                        throw json.mismatch(path, -1, "a list of strings");
                    }
                    ignored = new HashSet<>();
                    while (json.next() != JsonToken.END_ARRAY) {
                        ignored.add(json.text(path, ignored.size()));
                    }
                }
                default -> json.skip();
            }
        }
    }
}
