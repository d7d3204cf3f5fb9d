package phifleet.worker.http.embed;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.http.Exchange;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.TextInput;
import phifleet.inference.text.VectorType;
import phifleet.worker.http.lane.GivenTexts;
import phifleet.worker.http.lane.LaneReply;
import phifleet.worker.http.lane.TextPredictions;
import phifleet.worker.http.state.ModelProblems;

/** {@code POST /predict/{model}} for sentence encoders: what {@code /embed} answers, and one vector alone for a text alone. */
record EncoderPredictions(EmbedPreparation preparation, JsonLimits limits) implements TextPredictions {
    private static final List<String> FIELDS = List.of("truncate", "normalize", "dimensions", "prompt_name");

    @Override
    public Reply prepare(Exchange exchange, byte[] body, ServedModel model) {
        Draft draft = new Draft();
        try {
            SentenceEncoder encoder = (SentenceEncoder) model;
            limits.readObject(body, draft::field);
            EmbedRequest request = draft.finish();
            Admission.Overloaded refusal = LaneReply.refusal(exchange, encoder);
            return refusal == null
                    ? preparation.prepare(request, encoder)
                    : new Reply.Refused(ModelProblems.overloaded(refusal), NativeProblems.SHAPE);
        } catch (BadBody mistake) {
            return new Reply.Refused(mistake.problem(), NativeProblems.SHAPE);
        }
    }

    private final class Draft {
        private @Nullable GivenTexts texts;
        private @Nullable String promptName;
        private boolean truncate = true;
        private @Nullable Boolean normalize;
        private int dimensions;

        void field(String field, JsonInput json) throws BadBody {
            if (GivenTexts.isField(field)) {
                texts = GivenTexts.read(json, field, texts, limits);
                return;
            }
            switch (field) {
                case "truncate" -> truncate = json.flag(field, true);
                case "normalize" -> normalize = json.optionalFlag(field);
                case "dimensions" -> dimensions = json.isNull() ? 0 : json.integer(field, -1, 1, Integer.MAX_VALUE);
                case "prompt_name" -> promptName = json.optionalText(field);
                default -> throw GivenTexts.unknown(field, FIELDS);
            }
        }

        EmbedRequest finish() throws BadBody {
            GivenTexts given = GivenTexts.needed(texts);
            List<TextInput> list =
                    given.list().stream().<TextInput>map(TextInput.Text::new).toList();
            return new EmbedRequest(
                    new TextInputs(given.field(), list, given.alone() ? given.field() : null),
                    null,
                    new EncodeOptions(truncate, EncodeOptions.Direction.USUAL, promptName),
                    normalize,
                    dimensions,
                    given.alone() ? LoneAnswer.ANSWER : new NativeAnswer(VectorType.FLOAT32),
                    NativeProblems.SHAPE);
        }
    }
}
