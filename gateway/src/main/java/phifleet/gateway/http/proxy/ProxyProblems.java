package phifleet.gateway.http.proxy;

import java.time.Duration;
import phifleet.common.Problem;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.http.routing.RequestTarget;

/** The problems that a request meets on its way to a worker and back. */
final class ProxyProblems {
    private static final Duration RETRY_SOON = Duration.ofSeconds(1);

    private ProxyProblems() {}

    static Problem overloaded() {
        return new Problem(
                429, "fleet_overloaded", "every worker has as many requests as it may have", null, RETRY_SOON);
    }

    static Problem noWorker() {
        return new Problem(503, "no_worker", "no worker is ready to take the request", null, RETRY_SOON);
    }

    static Problem late(String what) {
        return Problem.of(504, "deadline_exceeded", what, null);
    }

    static Problem failed(Worker worker, RequestTarget target) {
        return new Problem(
                target.pinned() == null ? 503 : 502,
                "worker_failed",
                "worker " + worker.card().id() + " failed before it answered",
                null,
                RETRY_SOON);
    }

    static Problem failedWithinAnswer(Worker worker) {
        return new Problem(
                503, "worker_failed", "worker " + worker.card().id() + " failed within its answer", null, RETRY_SOON);
    }

    static Problem noHttp(Worker worker) {
        return Problem.of(502, "bad_answer", "worker " + worker.card().id() + " gave an answer that is no HTTP", null);
    }
}
