package phifleet.worker.http.predict;

import phifleet.common.Problem;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.output.Placement;
import phifleet.worker.http.image.ImageProblems;
import phifleet.worker.http.image.ImageWork;
import phifleet.worker.http.lane.LaneReply;

/** From the file of an image to its answer. */
record ImageReply(ImageWork work) {

    /** Writes what a model saw. */
    @FunctionalInterface
    interface Answer {
        /**
         * The whole answer.
         *
         * @throws ModelException if the model's outputs are not what its task gives
         */
        JsonOutput of(ImageModel model, TensorSet found, Placement placement, ImageWishes wishes, long startNanos)
                throws ModelException;
    }

    /** Decodes on the calling thread, which waits where others have the memory for it. */
    Reply of(ImageModel model, byte[] file, ImageWishes wishes, Answer answer, ProblemShape problems) {
        ImageModel.Given given;
        try {
            given = work.prepare(model, file);
        } catch (ImageException e) {
            return new Reply.Refused(ImageProblems.of(e), problems);
        }
        TensorSet inputs = given.tensors();
        return new LaneReply<TensorSet>(
                model,
                "image",
                problems,
                (priority, deadline, outcome) -> model.infer(inputs, priority, deadline, outcome),
                (exchange, outputs, timing) -> work.pool().finish(exchange, () -> {
                    TensorSet found = outputs.getFirst();
                    try {
                        JsonOutput seen = answer.of(model, found, given.placement(), wishes, exchange.startNanos());
                        return over -> over.answer(seen);
                    } catch (ModelException e) {
                        return new Reply.Refused(
                                Problem.of(500, "model_failed", String.valueOf(e.getMessage()), null), problems);
                    } finally {
                        given.tensors().release();
                        found.release();
                    }
                }));
    }
}
