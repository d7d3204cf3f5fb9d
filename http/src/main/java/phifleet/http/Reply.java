package phifleet.http;

import java.util.function.Supplier;
import phifleet.common.Problem;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.json.JsonOutput;

/** What is left to do for a request once its body was read and understood. */
@FunctionalInterface
public interface Reply {

    /** Runs on the exchange's event loop. */
    void send(Exchange exchange);

    /** The reply that work leads to, be it that the work fails. */
    static Reply of(Supplier<Reply> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            return exchange -> exchange.fail(e);
        }
    }

    /** A refusal in a dialect's shape. */
    record Refused(Problem problem, ProblemShape shape) implements Reply {
        @Override
        public void send(Exchange exchange) {
            exchange.refuse(problem, shape);
        }
    }

    /** An answer that needed no queue. */
    record Answered(String model, JsonOutput body) implements Reply {
        @Override
        public void send(Exchange exchange) {
            exchange.model(model);
            exchange.answer(body);
        }
    }
}
