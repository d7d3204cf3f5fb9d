package phifleet.worker.http.tensor;

import java.util.function.Supplier;
import phifleet.http.Exchange;
import phifleet.http.endpoint.Reply;
import phifleet.http.endpoint.WorkPool;
import phifleet.inference.model.TensorSet;

/**
 * Answers with what a model gave: few numbers are written where they arrive, many on a pool, since an event loop has others to serve.
 */
public record TensorReplies(WorkPool pool) {
    /** Some 0.2 ms of writing. */
    private static final int INLINE_ELEMENTS = 4096;

    /**
     * Runs on the exchange's event loop.
     *
     * @param write makes the answer of the outputs
     */
    public void send(Exchange exchange, TensorSet outputs, Supplier<Reply> write) {
        if (outputs.elements() <= INLINE_ELEMENTS) {
            write.get().send(exchange);
        } else {
            pool.finish(exchange, write);
        }
    }
}
