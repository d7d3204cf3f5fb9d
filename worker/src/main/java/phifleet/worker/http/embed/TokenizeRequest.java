package phifleet.worker.http.embed;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.TextInput;
import phifleet.worker.http.state.ModelProblems;

/**
 * {@code POST /tokenize}: what text-embeddings-inference answers, a list of tokens for each text.
 *
 * @param model which model's tokenizer; null for the default
 * @param promptName what is put before each text; null for the model's default
 * @param special whether the tokens that a model wants around a text are answered too
 * @param maxAnswerBytes a token takes some 60 bytes of JSON, so that a body can ask for an answer many times its size
 */
record TokenizeRequest(
        TextInputs inputs, @Nullable String model, @Nullable String promptName, boolean special, int maxAnswerBytes)
        implements TokenizerPreparation.Question {

    static TokenizeRequest read(JsonInput json, JsonLimits limits, int maxAnswerBytes) throws BadBody {
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
        return new TokenizeRequest(inputs, model, promptName, special, maxAnswerBytes);
    }

    @Override
    public Reply answer(SentenceEncoder encoder) {
        String prompt = encoder.prompt(promptName);
        if (prompt == null) {
            return TokenizerPreparation.refused(ModelProblems.unknownPrompt(String.valueOf(promptName), encoder));
        }
        JsonOutput out = new JsonOutput(1024).beginList();
        List<TextInput> list = inputs.list();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof TextInput.Text(String text)) {
                String whole = prompt + text;
                write(whole, encoder.tokenizer().tokens(whole, special), out);
            }
            if (out.size() > maxAnswerBytes) {
                return TokenizerPreparation.refused(Problem.of(
                        413,
                        "answer_too_large",
                        "the tokens of `" + inputs.path(i) + "` take the answer over " + maxAnswerBytes
                                + " bytes, which is the limit: send fewer or shorter texts",
                        inputs.path(i)));
            }
        }
        return new Reply.Answered(encoder.description().id(), out.endList());
    }

    private static void write(String text, List<Tokenizer.Token> tokens, JsonOutput out) {
        int[] codePoints = text.codePoints().toArray();
        out.beginList();
        for (Tokenizer.Token token : tokens) {
            out.beginObject().member("id").number(token.id()).member("text");
            if (token.special()) {
                out.string(token.text()).member("special").flag(true);
                out.member("start").none().member("stop").none();
            } else {
                int start = Math.clamp(token.start(), 0, codePoints.length);
                int stop = Math.clamp(token.stop(), start, codePoints.length);
                out.string(new String(codePoints, start, stop - start))
                        .member("special")
                        .flag(false);
                out.member("start").number(start).member("stop").number(stop);
            }
            out.endObject();
        }
        out.endList();
    }
}
