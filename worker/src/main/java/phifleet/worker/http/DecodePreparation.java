package phifleet.worker.http;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.worker.text.SentenceEncoder;
import phifleet.worker.text.TextInput;

/** {@code POST /decode}: the text of each list of token ids. */
final class DecodePreparation implements JsonPost.Preparation {
    private static final String IDS = "ids";

    private final JsonLimits limits;
    private final Supplier<WorkerState> states;

    private record Request(TextInputs ids, @Nullable String model, boolean skipSpecial) {}

    DecodePreparation(JsonLimits limits, Supplier<WorkerState> states) {
        this.limits = limits;
        this.states = states;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        Request request;
        try (JsonInput json = limits.open(body)) {
            request = read(json);
        } catch (BadBody mistake) {
            return refused(mistake.problem());
        }
        WorkerState state = states.get();
        if (!state.isReady()) {
            return refused(Problems.notReady(state));
        }
        SentenceEncoder encoder = state.encoders().find(request.model());
        if (encoder == null) {
            return refused(Problems.unknownModel(String.valueOf(request.model()), state));
        }
        Problem outside = EmbedPreparation.idOutsideVocabulary(
                request.ids(), encoder.tokenizer().vocabularySize());
        if (outside != null) {
            return refused(outside);
        }
        JsonOutput out = new JsonOutput(1024).raw('[');
        String comma = "";
        for (TextInput input : request.ids().list()) {
            if (input instanceof TextInput.Ids ids) {
                out.raw(comma).string(encoder.tokenizer().decode(ids.sequence(), request.skipSpecial()));
                comma = ",";
            }
        }
        return new Reply.Answered(encoder.description().id(), out.raw(']'));
    }

    private Request read(JsonInput json) throws BadBody {
        @Nullable TextInputs ids = null;
        @Nullable String model = null;
        boolean skipSpecial = true;
        json.openObject();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case IDS -> ids = ids(json);
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
        return new Request(ids, model, skipSpecial);
    }

    private TextInputs ids(JsonInput json) throws BadBody {
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
                throw TextInputs.tooMany(IDS, limits.maxTexts());
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

    private static Reply refused(Problem problem) {
        return new Reply.Refused(problem, TeiProblems.SHAPE);
    }
}
