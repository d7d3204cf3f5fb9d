package phifleet.worker.http.lane;

import phifleet.http.Exchange;
import phifleet.http.endpoint.Reply;
import phifleet.inference.ServedModel;

/** {@code /predict/{model}} for models of texts, whose rooms are others' than that path's. */
@FunctionalInterface
public interface TextPredictions {
    /**
     * From the body to an answer, or to tokens that only wait for the lane.
     *
     * @param model of texts, whatever it makes of them
     */
    Reply prepare(Exchange exchange, byte[] body, ServedModel model);
}
