package phifleet.worker.http.embed;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.TextInput;

/**
 * {@code POST /decode}: the text of each list of token ids.
 *
 * @param model which model's tokenizer; null for the default
 */
record DecodeRequest(TextInputs ids, @Nullable String model, boolean skipSpecial)
        implements TokenizerPreparation.Question {
    private static final String IDS = "ids";

    static DecodeRequest read(JsonInput json, JsonLimits limits) throws BadBody {
        @Nullable TextInputs ids = null;
        @Nullable String model = null;
        boolean skipSpecial = true;
        json.openObject();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case IDS -> ids = ids(json, limits);
                case "model" -> model = json.optionalText(field);
                case "skip_special_tokens" -> skipSpecial = json.flag(field, true);
                default -> json.skip();
            }
        }
        json.end();
        if (ids == null) {
            throw BadBody.value(Problem.badRequest(
                    "missing_field", "`ids` is needed: a list of token ids or a list of such lists", IDS));
        }
        return new DecodeRequest(ids, model, skipSpecial);
    }

    private static TextInputs ids(JsonInput json, JsonLimits limits) throws BadBody {
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(IDS, -1, "a list of token ids or a list of such lists");
        }
        JsonToken first = json.next();
        if (first == JsonToken.END_ARRAY) {
            throw BadBody.value(Problems.empty(IDS));
        }
        if (first != JsonToken.START_ARRAY) {
            return TextInputs.single(IDS, TextInputs.ids(json, IDS, limits));
        }
        List<TextInput> lists = new ArrayList<>();
        do {
            if (lists.size() == limits.maxTexts()) {
                throw JsonInput.tooMany(IDS, limits.maxTexts());
            }
            String path = JsonInput.path(IDS, lists.size());
            if (json.current() != JsonToken.START_ARRAY) {
                throw json.mismatch(path, -1, "a list of token ids");
            }
            if (json.next() == JsonToken.END_ARRAY) {
                throw BadBody.value(Problems.empty(path));
            }
            lists.add(TextInputs.ids(json, path, limits));
        } while (json.next() != JsonToken.END_ARRAY);
        return new TextInputs(IDS, lists, null);
    }

    @Override
    public Reply answer(SentenceEncoder encoder) {
        Problem outside =
                EmbedPreparation.idOutsideVocabulary(ids, encoder.tokenizer().vocabularySize());
        if (outside != null) {
            return TokenizerPreparation.refused(outside);
        }
        JsonOutput out = new JsonOutput(1024).beginList();
        for (TextInput input : ids.list()) {
            if (input instanceof TextInput.Ids(TokenSequence sequence)) {
                out.string(encoder.tokenizer().decode(sequence, skipSpecial));
            }
        }
        return new Reply.Answered(encoder.description().id(), out.endList());
    }
}
