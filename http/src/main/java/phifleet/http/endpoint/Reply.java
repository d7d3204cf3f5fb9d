package phifleet.http.endpoint;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.Problems;
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

    /**
     * Work that others have the threads for. The body that it comes from counts until it is done, since the work has parts of it.
     *
     * @param pool takes it, or is full
     */
    record Further(WorkPool pool, Supplier<Reply> work) implements Reply {
        @Override
        public void send(Exchange exchange) {
            if (!pool.offer(exchange, work)) {
                exchange.refuse(Problems.busy("too many requests wait to be worked on"));
            }
        }
    }

    /**
     * Nothing can be said before something has come about, such as a model that is loading: then the body is prepared once more.
     * Where nobody can wait so, it is refused as if it came too late.
     *
     * @param ready done when it has, however it went
     * @param late why it is refused where that is not before its deadline
     */
    record Awaiting(CompletionStage<?> ready, Supplier<Problem> late, ProblemShape shape) implements Reply {
        @Override
        public void send(Exchange exchange) {
            exchange.refuse(late.get(), shape);
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
