package phifleet.worker.http;

import phifleet.common.Problem;

/** What is left to do for a request once its body was read and understood. */
interface Reply {

    /** Runs on the exchange's event loop. */
    void send(Exchange exchange);

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
