package phifleet.gateway.http;

import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Program;

/** The gateway behind its edge. Thread-safe. */
final class GatewayProgram implements Program {
    private final String version;
    private final GatewayMetrics metrics;
    private volatile boolean draining;

    GatewayProgram(String version, GatewayMetrics metrics) {
        this.version = version;
        this.metrics = metrics;
    }

    String version() {
        return version;
    }

    GatewayMetrics metrics() {
        return metrics;
    }

    void drain() {
        draining = true;
    }

    @Override
    public void sign(HttpServerResponse response) {
        // The worker that answers names itself.
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @Override
    public Visit began() {
        // What is in flight is counted for each worker.
        return this::ended;
    }

    private void ended(Exchange exchange, int status, long nanos, @Nullable Problem problem) {
        if (problem != null) {
            metrics.refused(problem.code());
        }
    }
}
