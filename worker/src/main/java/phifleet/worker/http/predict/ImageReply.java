package phifleet.worker.http.predict;

import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Reply;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.vision.decode.ImageException;
import phifleet.worker.http.image.ImageProblems;
import phifleet.worker.http.image.ImageWork;
import phifleet.worker.http.lane.LaneReply;

/** From the file of an image to its answer. */
record ImageReply(ImageWork work) {

    /** Decodes on the calling thread, which waits where others have the memory for it. */
    Reply of(ImageModel model, byte[] file, ImageWishes wishes) {
        ImageModel.Given given;
        try {
            given = work.prepare(model, file);
        } catch (ImageException e) {
            return refused(ImageProblems.of(e));
        }
        TensorSet inputs = given.tensors();
        return new LaneReply<TensorSet>(
                model,
                "image",
                NativeProblems.SHAPE,
                (priority, deadline, outcome) -> model.infer(inputs, priority, deadline, outcome),
                (exchange, outputs, timing) ->
                        work.pool().finish(exchange, () -> read(exchange, model, outputs.getFirst(), given, wishes)));
    }

    private static Reply read(
            Exchange exchange, ImageModel model, TensorSet found, ImageModel.Given given, ImageWishes wishes) {
        try {
            JsonOutput answer = ImageAnswer.of(model, found, given.placement(), wishes, exchange.startNanos());
            return over -> over.answer(answer);
        } catch (ModelException e) {
            return refused(Problem.of(500, "model_failed", String.valueOf(e.getMessage()), null));
        } finally {
            given.tensors().release();
            found.release();
        }
    }

    private static Reply refused(Problem problem) {
        return new Reply.Refused(problem, NativeProblems.SHAPE);
    }
}
