package phifleet.worker.http.oip;

import java.util.List;
import phifleet.http.OpenInferenceProblems;
import phifleet.http.Reply;
import phifleet.inference.model.Signature;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.TensorModel;
import phifleet.worker.http.lane.LaneReply;
import phifleet.worker.http.tensor.TensorReplies;

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
    public Reply infer(InferRequest request, TensorReplies replies) {
        return new LaneReply<TensorSet>(
                served,
                "inputs",
                OpenInferenceProblems.SHAPE,
                (priority, deadline, outcome) -> served.infer(request.inputs(), priority, deadline, outcome),
                (exchange, outputs, timing) -> {
                    TensorSet found = outputs.getFirst();
                    replies.send(exchange, found, () -> InferAnswer.of(this, request, found));
                });
    }
}
