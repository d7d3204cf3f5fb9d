package phifleet.worker.http.heads;

import com.fasterxml.jackson.core.JsonToken;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.MultiVectorEncoder;

/**
 * {@code POST /embed_all} as text-embeddings-inference has it, whose unknown fields are ignored; {@code input_type} or
 * {@code prompt_name} says whether texts are queries or documents.
 */
final class MultiVectorParser implements HeadParser {
    private static final String INPUTS = "inputs";

    private final JsonLimits limits;

    MultiVectorParser(JsonLimits limits) {
        this.limits = limits;
    }

    @Override
    public ProblemShape problems() {
        return TeiProblems.SHAPE;
    }

    @Override
    public MultiVectorQuestion parse(byte[] body) throws BadBody {
        Draft draft = new Draft();
        limits.readObject(body, draft::field);
        return new MultiVectorQuestion(
                TextList.needed(draft.texts, INPUTS, "a string or a list of strings"),
                draft.alone,
                draft.model,
                draft.isQuery ? MultiVectorEncoder.Role.QUERY : MultiVectorEncoder.Role.DOCUMENT,
                draft.truncate,
                false,
                false);
    }

    private final class Draft {
        private @Nullable List<String> texts;
        private boolean alone;
        private @Nullable String model;
        private boolean isQuery;
        private boolean truncate = true;

        void field(String field, JsonInput json) throws BadBody {
            switch (field) {
                case INPUTS -> {
                    alone = json.current() == JsonToken.VALUE_STRING;
                    texts = alone ? List.of(json.text(field)) : TextList.strings(json, field, limits);
                }
                case "model" -> model = json.optionalText(field);
                case "truncate" -> truncate = json.flag(field, true);
                case "input_type", "prompt_name" -> isQuery = Fields.isQuery(field, json);
                default -> json.skip();
            }
        }
    }
}
