package phifleet.worker.http.oip;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.inference.model.SparseVector;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.SparseEncoder;

/** A sparse encoder: a row of text in; the weights of all rows out, each beside its row and its token. */
record SparseModel(SparseEncoder served) implements OipModel {
    private static final String ROW = "row";
    private static final String TOKEN = "token";
    private static final String WEIGHT = "weight";

    @Override
    public Signature signature() {
        return new Signature(
                List.of(TextRows.texts(TextRows.TEXT)),
                List.of(
                        new Signature.Value(ROW, ElementType.INT64, List.of(-1L)),
                        new Signature.Value(TOKEN, ElementType.INT64, List.of(-1L)),
                        TextRows.floats(WEIGHT)));
    }

    @Override
    public int maxBatchSize() {
        return 0;
    }

    @Override
    public PreparedInference infer(InferRequest request) {
        List<String> texts = TextRows.strings(request, TextRows.TEXT);
        if (texts.isEmpty()) {
            return new PreparedInference.Known(weights(List.of()));
        }
        return TextRows.<SparseVector>queued(
                served,
                TextRows.TEXT,
                served.encode(texts, true, EncodeOptions.Direction.USUAL),
                encoded -> (priority, deadline, outcome) -> served.embed(encoded, priority, deadline, outcome),
                SparseModel::weights);
    }

    private static TensorSet weights(List<SparseVector> vectors) {
        List<Long> shape =
                List.of(vectors.stream().mapToLong(SparseVector::size).sum());
        ByteBuffer rows = Tensor.allocate(ElementType.INT64, shape);
        ByteBuffer tokens = Tensor.allocate(ElementType.INT64, shape);
        ByteBuffer weights = Tensor.allocate(ElementType.FP32, shape);
        for (int row = 0; row < vectors.size(); row++) {
            SparseVector vector = vectors.get(row);
            for (int i = 0; i < vector.size(); i++) {
                rows.putLong(row);
                tokens.putLong(vector.index(i));
                weights.putFloat(vector.value(i));
            }
        }
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        outputs.put(ROW, Tensor.of(ElementType.INT64, shape, rows.flip()));
        outputs.put(TOKEN, Tensor.of(ElementType.INT64, shape, tokens.flip()));
        outputs.put(WEIGHT, Tensor.of(ElementType.FP32, shape, weights.flip()));
        return new TensorSet(outputs);
    }
}
