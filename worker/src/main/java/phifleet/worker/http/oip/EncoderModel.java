package phifleet.worker.http.oip;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Embeddings;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Rejection;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.TextInput;
import phifleet.worker.http.lane.LaneCall;
import phifleet.worker.http.state.ModelProblems;

/** A sentence encoder: a row of text in, a row of floats out. */
record EncoderModel(SentenceEncoder served) implements OipModel {
    private static final String TEXT = "text";
    private static final String EMBEDDING = "embedding";

    @Override
    public Signature signature() {
        return new Signature(
                List.of(new Signature.Value(TEXT, ElementType.STRING, List.of(-1L))),
                List.of(new Signature.Value(EMBEDDING, ElementType.FP32, List.of(-1L, (long) width()))));
    }

    @Override
    public int maxBatchSize() {
        return 0;
    }

    @Override
    public PreparedInference infer(InferRequest request) {
        List<TextInput> texts = new ArrayList<>();
        for (String text : Objects.requireNonNull(request.inputs().get(TEXT)).strings()) {
            texts.add(new TextInput.Text(text));
        }
        if (texts.isEmpty()) {
            return new PreparedInference.Known(vectors(List.of()));
        }
        return switch (served.encode(texts, new EncodeOptions(true, EncodeOptions.Direction.USUAL, null))) {
            case Encoding.Rejected(int index, Rejection reason) ->
                new PreparedInference.Refused(ModelProblems.rejected(reason, served, TEXT + "[" + index + "]"));
            case Encoding.Encoded encoded ->
                new PreparedInference.Queued<Vector>(
                        new LaneCall<>(
                                served,
                                TEXT,
                                (priority, deadline, outcome) -> served.embed(encoded, priority, deadline, outcome)),
                        this::vectors);
        };
    }

    /** Floats that a vector is cut to. */
    private int width() {
        int asked = served.task().recipe().dimensions();
        return asked == 0 ? served.dimension() : asked;
    }

    private TensorSet vectors(List<Vector> pooled) {
        List<Long> shape = List.of((long) pooled.size(), (long) width());
        ByteBuffer data = Tensor.allocate(ElementType.FP32, shape);
        for (Vector vector : pooled) {
            float[] values =
                    Embeddings.usual(vector, width(), served.task().normalize()).values();
            data.asFloatBuffer().put(values);
            data.position(data.position() + values.length * Float.BYTES);
        }
        return new TensorSet(Map.of(EMBEDDING, Tensor.of(ElementType.FP32, shape, data.flip())));
    }
}
