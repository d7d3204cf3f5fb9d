package phifleet.inference.engine.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Signature;
import phifleet.inference.model.TensorSet;

/** An ONNX graph of any inputs and outputs. Requests of a batch run one after another. Thread-safe. */
public final class OnnxTensorModel implements Model<TensorSet, TensorSet> {
    private final OnnxSession session;
    private final Signature signature;
    private final List<String> outputs;

    private OnnxTensorModel(OnnxSession session) {
        this.session = session;
        this.signature = new Signature(values(session.inputs()), values(session.outputs()));
        this.outputs = signature.outputs().stream().map(Signature.Value::name).toList();
    }

    /** Loads a graph. */
    public static OnnxTensorModel load(Path graph, Provider provider) throws ModelException {
        OnnxSession session = OnnxSession.open(graph, SessionSettings.on(provider));
        return new OnnxTensorModel(session);
    }

    public Signature signature() {
        return signature;
    }

    @Override
    public List<TensorSet> run(List<TensorSet> batch) throws ModelException {
        List<TensorSet> answers = new ArrayList<>(batch.size());
        for (TensorSet inputs : batch) {
            answers.add(new TensorSet(session.run(inputs.tensors(), outputs)));
        }
        return answers;
    }

    @Override
    public void close() {
        session.close();
    }

    private static List<Signature.Value> values(List<OnnxSession.Value> values) {
        return values.stream()
                .map(value -> new Signature.Value(value.name(), value.type(), value.shape()))
                .toList();
    }
}
