package phifleet.inference.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Residency;
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

    /**
     * Loads a graph.
     *
     * @param id names the model in the log
     * @param residency in which form its weights are in memory: as they are mapped where they are in a file of their own
     */
    public static OnnxTensorModel load(String id, Path graph, Provider provider, Residency residency)
            throws ModelException {
        try {
            // What it would put on its own log comes as an exception, and whoever sends tensors that do not fit must
            // not fill the log.
            return new OnnxTensorModel(OnnxSession.open(
                    graph, SessionSettings.on(provider).quietly().with(residency)));
        } catch (ModelException e) {
            throw new ModelException(id + ": " + graph + " could not be loaded: " + e.getMessage(), e);
        }
    }

    public Signature signature() {
        return signature;
    }

    @Override
    public List<TensorSet> run(List<TensorSet> batch) throws ModelException {
        List<TensorSet> answers = new ArrayList<>(batch.size());
        for (TensorSet inputs : batch) {
            answers.add(run(inputs));
        }
        return answers;
    }

    private TensorSet run(TensorSet inputs) throws ModelException {
        try {
            return new TensorSet(session.run(inputs.tensors(), outputs));
        } catch (ModelException e) {
            if (!(e.getCause() instanceof OrtException fault)) {
                throw e;
            }
            String reason = OrtReason.of(String.valueOf(e.getMessage()));
            // So says an operator that got what it does not take, as an index beyond its table; of shapes most say
            // nothing like it.
            throw fault.getCode() == OrtErrorCode.ORT_INVALID_ARGUMENT
                    ? ModelException.ofInputs(reason, e)
                    : ModelException.unclear(reason, e);
        }
    }

    @Override
    public void settle() throws ModelException {
        session.settle();
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
