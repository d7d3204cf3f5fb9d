package phifleet.worker.http.image;

import java.util.ArrayList;
import java.util.List;
import phifleet.common.Problem;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.endpoint.Reply;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Timing;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.Vector;
import phifleet.inference.paired.TextImageEncoder;
import phifleet.inference.text.Encoding;
import phifleet.worker.http.lane.JoinedReply;
import phifleet.worker.http.lane.LaneCall;
import phifleet.worker.http.lane.LaneReply;

/** Texts and images of one request, on their way through both lanes of a model to their vectors. Thread-safe. */
public record PairedWork(ImageWork images) {

    /** What is done with the vectors, as the networks gave them. */
    @FunctionalInterface
    public interface Answer {
        /** Runs on a pool; the reply is sent on the request's event loop. */
        Reply of(List<Vector> texts, List<Vector> pictures, Timing timing);
    }

    /**
     * What a request asks of a model.
     *
     * @param texts ready for their lane; none of them where the request has images alone
     * @param textField what the texts are called in the request
     * @param pictures one at least
     * @param pictureField what these are called
     */
    public record Asked(
            TextImageEncoder model,
            Encoding.Encoded texts,
            String textField,
            List<ImageFile> pictures,
            String pictureField,
            ProblemShape problems) {
        public Asked {
            pictures = List.copyOf(pictures);
        }
    }

    /** Decodes elsewhere, since that takes its time, then submits all to both lanes. */
    public Reply reply(Asked asked, Answer answer) {
        return new Reply.Further(images.decoding(), () -> decoded(asked, answer));
    }

    private Reply decoded(Asked asked, Answer answer) {
        return switch (images.inputs(asked.model().images(), asked.pictures(), asked.pictureField())) {
            case ImageWork.Inputs.Refused(Problem problem) -> new Reply.Refused(problem, asked.problems());
            case ImageWork.Inputs.Ready(List<TensorSet> tensors) -> submitted(asked, tensors, answer);
        };
    }

    private Reply submitted(Asked asked, List<TensorSet> tensors, Answer answer) {
        TextImageEncoder model = asked.model();
        return new JoinedReply<>(
                new LaneCall<>(model, asked.textField(), texts(model, asked.texts())),
                new LaneCall<TensorSet>(
                        model.images(),
                        asked.pictureField(),
                        (priority, deadline, outcome) -> model.images().infer(tensors, priority, deadline, outcome)),
                asked.problems(),
                (exchange, words, pictures, timing) -> images.pool()
                        .finish(
                                exchange,
                                () -> read(asked, words.outputs(), tensors, pictures.outputs(), answer, timing)));
    }

    private static LaneReply.Work<Vector> texts(TextImageEncoder model, Encoding.Encoded texts) {
        if (!texts.sequences().isEmpty()) {
            return (priority, deadline, outcome) -> model.embed(texts, priority, deadline, outcome);
        }
        return (priority, deadline, outcome) -> {
            outcome.accept(new Outcome.Completed<>(List.of(), new Timing(0, 0)));
            return new Admission.Accepted(() -> {});
        };
    }

    private static Reply read(
            Asked asked,
            List<Vector> words,
            List<TensorSet> inputs,
            List<TensorSet> outputs,
            Answer answer,
            Timing timing) {
        try {
            List<Vector> pictures = new ArrayList<>(outputs.size());
            for (TensorSet found : outputs) {
                pictures.add(asked.model().vector(found));
            }
            return answer.of(words, pictures, timing);
        } catch (ModelException e) {
            return new Reply.Refused(
                    Problem.of(500, "model_failed", String.valueOf(e.getMessage()), null), asked.problems());
        } finally {
            inputs.forEach(TensorSet::release);
            outputs.forEach(TensorSet::release);
        }
    }
}
