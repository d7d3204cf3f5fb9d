package phifleet.worker.http;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.worker.model.Tokenizer;
import phifleet.worker.text.SentenceEncoder;
import phifleet.worker.text.TextInput;

/** {@code POST /tokenize}: what text-embeddings-inference answers, a list of tokens for each text. */
final class TokenizePreparation implements JsonPost.Preparation {
    private final JsonLimits limits;
    private final Supplier<WorkerState> states;
    private final int maxAnswerBytes;

    private record Request(
            TextInputs inputs,
            @Nullable String model,
            @Nullable String promptName,
            boolean special) {}

    /**
     * Makes the endpoint's work.
     *
     * @param maxAnswerBytes a token takes some 60 bytes of JSON, so that a body can ask for an answer many times its size
     */
    TokenizePreparation(JsonLimits limits, Supplier<WorkerState> states, int maxAnswerBytes) {
        this.limits = limits;
        this.states = states;
        this.maxAnswerBytes = maxAnswerBytes;
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
        String prompt = encoder.prompt(request.promptName());
        if (prompt == null) {
            return refused(Problems.unknownPrompt(String.valueOf(request.promptName()), encoder.description()));
        }
        JsonOutput out = new JsonOutput(1024);
        List<TextInput> list = request.inputs().list();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof TextInput.Text(String text)) {
                out.raw(i == 0 ? '[' : ',');
                String whole = prompt + text;
                write(whole, encoder.tokenizer().tokens(whole, request.special()), out);
            }
            if (out.size() > maxAnswerBytes) {
                return refused(Problem.of(
                        413,
                        "answer_too_large",
                        "the tokens of `" + request.inputs().path(i) + "` take the answer over " + maxAnswerBytes
                                + " bytes, which is the limit: send fewer or shorter texts",
                        request.inputs().path(i)));
            }
        }
        return new Reply.Answered(encoder.description().id(), out.raw(']'));
    }

    private Request read(JsonInput json) throws BadBody {
        @Nullable TextInputs inputs = null;
        @Nullable String model = null;
        @Nullable String promptName = null;
        boolean special = true;
        json.openObject();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "inputs" -> inputs = TextInputs.read(json, field, TextInputs.Form.STRING_OR_STRINGS, limits);
                case "model" -> model = json.optionalText(field);
                case "prompt_name" -> promptName = json.optionalText(field);
                case "add_special_tokens" -> special = json.flag(field, true);
                default -> json.skip();
            }
        }
        json.end();
        if (inputs == null) {
            throw BadBody.value(
                    Problem.badRequest("missing_field", "`inputs` is needed: a string or a list of strings", "inputs"));
        }
        return new Request(inputs, model, promptName, special);
    }

    private static void write(String text, List<Tokenizer.Token> tokens, JsonOutput out) {
        int[] codePoints = text.codePoints().toArray();
        out.raw('[');
        for (int i = 0; i < tokens.size(); i++) {
            Tokenizer.Token token = tokens.get(i);
            out.raw(i == 0 ? "{\"id\":" : ",{\"id\":").number(token.id()).raw(",\"text\":");
            if (token.special()) {
                out.string(token.text()).raw(",\"special\":true,\"start\":null,\"stop\":null}");
            } else {
                int start = Math.clamp(token.start(), 0, codePoints.length);
                int stop = Math.clamp(token.stop(), start, codePoints.length);
                out.string(new String(codePoints, start, stop - start)).raw(",\"special\":false,\"start\":");
                out.number(start).raw(",\"stop\":").number(stop).raw('}');
            }
        }
        out.raw(']');
    }

    private static Reply refused(Problem problem) {
        return new Reply.Refused(problem, TeiProblems.SHAPE);
    }
}
