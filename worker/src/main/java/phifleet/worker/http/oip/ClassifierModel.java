package phifleet.worker.http.oip;

import java.util.List;
import java.util.Map;
import phifleet.inference.model.Signature;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.Vector;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.TextClassifier;

/** A classifier of texts: a row of text in, a score a label out. */
record ClassifierModel(TextClassifier served) implements OipModel {
    private static final TextClassifier.Options OPTIONS =
            new TextClassifier.Options(false, true, EncodeOptions.Direction.USUAL);

    @Override
    public Signature signature() {
        return new Signature(
                List.of(TextRows.texts(TextRows.TEXT)), List.of(TextRows.floats(TextRows.SCORES, labels().size())));
    }

    @Override
    public int maxBatchSize() {
        return 0;
    }

    @Override
    public boolean hasRows() {
        return true;
    }

    @Override
    public List<String> labels() {
        return served.task().labels();
    }

    @Override
    public PreparedInference infer(InferRequest request) {
        List<TextClassifier.Input> texts = TextRows.strings(request, TextRows.TEXT).stream()
                .map(text -> new TextClassifier.Input(text, null))
                .toList();
        if (texts.isEmpty()) {
            return new PreparedInference.Known(scores(List.of()));
        }
        return TextRows.<Vector>queued(
                served,
                TextRows.TEXT,
                served.encode(texts, OPTIONS),
                encoded -> (priority, deadline, outcome) -> served.classify(encoded, priority, deadline, outcome),
                this::scores);
    }

    private TensorSet scores(List<Vector> logits) {
        List<float[]> rows = logits.stream()
                .map(row -> served.task().activation().apply(row.values()))
                .toList();
        return new TensorSet(Map.of(TextRows.SCORES, TextRows.rows(rows, labels().size())));
    }
}
