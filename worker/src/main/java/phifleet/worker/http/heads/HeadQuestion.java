package phifleet.worker.http.heads;

import java.util.List;
import java.util.function.Consumer;
import phifleet.http.Exchange;
import phifleet.http.json.JsonOutput;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.text.Encoding;

/**
 * What a request asks of a model that needs nothing but tokens.
 *
 * @param <M> the kind of model
 * @param <O> what the model gives for one input
 */
non-sealed interface HeadQuestion<M extends ServedModel, O> extends Question<M> {

    Admission submit(
            M model, Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<O>> outcome);

    /** How many numbers, texts and the like the answer has, to know whether an event loop may write it. */
    int answerSize(List<O> outputs);

    void write(M model, Encoding.Encoded encoded, List<O> outputs, Exchange exchange, JsonOutput out);
}
