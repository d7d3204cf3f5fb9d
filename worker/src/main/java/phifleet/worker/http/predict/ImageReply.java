package phifleet.worker.http.predict;

import java.util.Map;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Reply;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.vision.ImagePreparation.Prepared;
import phifleet.inference.vision.decode.ImageException;
import phifleet.worker.http.image.ImageProblems;
import phifleet.worker.http.image.ImageWork;
import phifleet.worker.http.lane.LaneReply;

/** From the file of an image to its answer. */
record ImageReply(ImageWork work) {

    /** Decodes on the calling thread, which waits where others have the memory for it. */
    Reply of(ImageModel model, byte[] file, ImageWishes wishes) {
        Prepared prepared;
        try {
            prepared = work.prepare(model, file);
        } catch (ImageException e) {
            return refused(ImageProblems.of(e));
        }
        Tensor tensor = prepared.tensor();
        TensorSet inputs = new TensorSet(Map.of(model.input(), tensor));
        return new LaneReply<TensorSet>(
                model,
                "image",
                NativeProblems.SHAPE,
                (priority, deadline, outcome) -> model.infer(inputs, priority, deadline, outcome),
                (exchange, outputs, timing) -> work.pool()
                        .finish(exchange, () -> read(exchange, model, outputs.getFirst(), prepared, wishes)));
    }

    private static Reply read(
            Exchange exchange, ImageModel model, TensorSet found, Prepared prepared, ImageWishes wishes) {
        try {
            JsonOutput answer = ImageAnswer.of(model, found, prepared.placement(), wishes, exchange.startNanos());
            return over -> over.answer(answer);
        } catch (ModelException e) {
            return refused(Problem.of(500, "model_failed", String.valueOf(e.getMessage()), null));
        } finally {
            prepared.tensor().release();
            found.release();
        }
    }

    private static Reply refused(Problem problem) {
        return new Reply.Refused(problem, NativeProblems.SHAPE);
    }
}
