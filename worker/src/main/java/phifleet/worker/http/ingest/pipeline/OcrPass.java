package phifleet.worker.http.ingest.pipeline;

import java.util.concurrent.CompletableFuture;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.OcrModel;
import phifleet.worker.http.lane.LaneResult;

/** A tensor on its way through a model that reads. */
record OcrPass(TensorSet given, CompletableFuture<LaneResult<TensorSet>> result) {

    static OcrPass submit(OcrModel model, Tensor input, Sight.Haste haste) throws Refusal, InterruptedException {
        TensorSet given = model.given(input);
        return new OcrPass(given, LaneRuns.submit(model, given, haste.priority(), haste.deadlineNanos()));
    }

    /** What the model gave for it, once that is there. */
    TensorSet found() throws Refusal, InterruptedException {
        TensorSet outputs = LaneRuns.outputs(result);
        given.release();
        return outputs;
    }
}
