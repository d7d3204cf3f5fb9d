package phifleet.worker.http.oip;

import java.util.List;
import phifleet.inference.model.Signature;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.TensorModel;
import phifleet.worker.http.lane.LaneCall;

/** A model whose tensors are the protocol's. */
record PlainModel(TensorModel served) implements OipModel {

    @Override
    public Signature signature() {
        return served.signature();
    }

    @Override
    public int maxBatchSize() {
        return served.maxRows();
    }

    @Override
    public List<String> labels() {
        return served.description().task().labels();
    }

    @Override
    public PreparedInference infer(InferRequest request) {
        return new PreparedInference.Queued<TensorSet>(
                new LaneCall<>(
                        served,
                        "inputs",
                        (priority, deadline, outcome) -> served.infer(request.inputs(), priority, deadline, outcome)),
                List::getFirst);
    }
}
