package phifleet.worker.http.heads;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.http.Exchange;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.ServedModel;
import phifleet.inference.text.CrossEncoder;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Reranker;
import phifleet.inference.text.SparseEncoder;
import phifleet.inference.text.TextClassifier;
import phifleet.worker.http.lane.GivenTexts;
import phifleet.worker.http.lane.TextPredictions;

/** {@code POST /predict/{model}} for heads: what their own routes answer, in the shape that other models have there. */
record HeadPredictions(HeadPreparation preparation, JsonLimits limits) implements TextPredictions {
    private static final List<String> CLASSIFIER_FIELDS = List.of("truncate", "top_k", "threshold");
    private static final List<String> RANKER_FIELDS = List.of("query", "truncate", "raw_scores");
    private static final List<String> SPARSE_FIELDS = List.of("truncate", "top_k");

    @Override
    public Reply prepare(Exchange exchange, byte[] body, ServedModel model) {
        try {
            return switch (model) {
                case TextClassifier classifier ->
                    preparation.prepare(exchange, asked(body, CLASSIFIER_FIELDS).classify(), classifier);
                case CrossEncoder ranker ->
                    preparation.prepare(exchange, asked(body, RANKER_FIELDS).score(), ranker);
                case SparseEncoder sparse ->
                    preparation.prepare(exchange, asked(body, SPARSE_FIELDS).weigh(), sparse);
                default ->
                    throw new IllegalArgumentException(
                            "no head is a " + model.description().task().label());
            };
        } catch (BadBody mistake) {
            return new Reply.Refused(mistake.problem(), NativeProblems.SHAPE);
        }
    }

    private Draft asked(byte[] body, List<String> fields) throws BadBody {
        Draft draft = new Draft(fields);
        limits.readObject(body, draft::field);
        return draft;
    }

    private final class Draft {
        private final List<String> fields;
        private @Nullable GivenTexts texts;
        private @Nullable String query;
        private boolean truncate = true;
        private boolean rawScores;
        private int most = Integer.MAX_VALUE;
        private float least = Float.NEGATIVE_INFINITY;

        /** @param fields those beside the texts that the model's kind has */
        Draft(List<String> fields) {
            this.fields = fields;
        }

        void field(String field, JsonInput json) throws BadBody {
            if (GivenTexts.isField(field)) {
                texts = GivenTexts.read(json, field, texts, limits);
                return;
            }
            switch (fields.contains(field) ? field : "") {
                case "truncate" -> truncate = json.flag(field, true);
                case "raw_scores" -> rawScores = json.flag(field, false);
                case "top_k" -> most = json.isNull() ? most : json.integer(field, -1, 1, Integer.MAX_VALUE);
                case "threshold" -> least = json.isNull() ? least : json.float32(field, -1);
                case "query" -> query = json.text(field);
                default -> throw GivenTexts.unknown(field, fields);
            }
        }

        ClassifyQuestion classify() throws BadBody {
            GivenTexts given = GivenTexts.needed(texts);
            return new ClassifyQuestion(
                    given.list().stream()
                            .map(text -> new TextClassifier.Input(text, null))
                            .toList(),
                    null,
                    given.field(),
                    given::path,
                    new TextClassifier.Options(false, truncate, EncodeOptions.Direction.USUAL),
                    null,
                    most,
                    least,
                    given.alone() ? ClassifyQuestion.Form.NATIVE_ONE : ClassifyQuestion.Form.NATIVE,
                    NativeProblems.SHAPE);
        }

        RerankQuestion score() throws BadBody {
            GivenTexts given = GivenTexts.needed(texts);
            String asked = TextList.filled(query, "query");
            return new RerankQuestion(
                    new Reranker.Question(asked, given.list(), null, 0, truncate, EncodeOptions.Direction.USUAL),
                    null,
                    given.field(),
                    rawScores,
                    false,
                    Integer.MAX_VALUE,
                    given.alone() ? RankAnswer.SCORE : RankAnswer.SCORES,
                    NativeProblems.SHAPE);
        }

        SparseQuestion weigh() throws BadBody {
            GivenTexts given = GivenTexts.needed(texts);
            return new SparseQuestion(
                    given.list(),
                    given.field(),
                    given.alone(),
                    null,
                    truncate,
                    EncodeOptions.Direction.USUAL,
                    false,
                    false,
                    most,
                    Float.NEGATIVE_INFINITY,
                    SparseQuestion.Form.WEIGHTS);
        }
    }
}
