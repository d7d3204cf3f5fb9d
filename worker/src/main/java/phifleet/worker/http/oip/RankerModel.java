package phifleet.worker.http.oip;

import java.util.List;
import java.util.Map;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.Vector;
import phifleet.inference.text.CrossEncoder;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Reranker;
import phifleet.worker.http.state.ModelProblems;

/** A cross-encoder: a query and rows of text in, a row's score out. */
record RankerModel(CrossEncoder served) implements OipModel {
    private static final String QUERY = "query";

    @Override
    public Signature signature() {
        return new Signature(
                List.of(TextRows.texts(QUERY), TextRows.texts(TextRows.TEXT)),
                List.of(TextRows.floats(TextRows.SCORES)));
    }

    @Override
    public int maxBatchSize() {
        return 0;
    }

    @Override
    public PreparedInference infer(InferRequest request) {
        List<String> query = TextRows.strings(request, QUERY);
        List<String> texts = TextRows.strings(request, TextRows.TEXT);
        if (query.size() != 1) {
            return new PreparedInference.Refused(TextRows.notOne(QUERY, query.size()));
        }
        if (texts.isEmpty()) {
            return new PreparedInference.Known(scores(List.of()));
        }
        Reranker.Question question =
                new Reranker.Question(query.getFirst(), texts, null, 0, true, EncodeOptions.Direction.USUAL);
        long characters = served.repeatedCharacters(question);
        if (characters > ModelProblems.MOST_REPEATED) {
            return new PreparedInference.Refused(ModelProblems.tooMuchRepeated(QUERY, TextRows.TEXT, characters));
        }
        return TextRows.<Vector>queued(
                served,
                TextRows.TEXT,
                served.encode(question),
                encoded -> (priority, deadline, outcome) -> served.score(encoded, priority, deadline, outcome),
                this::scores);
    }

    private TensorSet scores(List<Vector> pairs) {
        float[] scores = new float[pairs.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = served.score(pairs.get(i));
        }
        return new TensorSet(Map.of(TextRows.SCORES, Tensor.of(List.of((long) scores.length), scores)));
    }
}
