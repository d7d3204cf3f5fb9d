package phifleet.gateway.http;

import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.gateway.http.metrics.GatewayMetrics;
import phifleet.gateway.http.operator.FleetActions;
import phifleet.gateway.http.operator.RepositoryActions;
import phifleet.http.Connections;
import phifleet.http.Exchange;
import phifleet.http.Program;
import phifleet.http.Route;

/** The gateway behind its edge. Thread-safe. */
final class GatewayProgram implements Program {
    private final String version;
    private final GatewayMetrics metrics;
    private final RepositoryActions repository;
    private final Connections connections = new Connections();
    private volatile boolean draining;

    GatewayProgram(String version, GatewayMetrics metrics, FleetActions actions) {
        this.repository = new RepositoryActions(actions);
        this.version = version;
        this.metrics = metrics;
        metrics.bind(connections);
    }

    @Override
    public Connections connections() {
        return connections;
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
    public Visit began(Route route) {
        // What is in flight is counted for each worker.
        return this::ended;
    }

    private void ended(Exchange exchange, int status, long nanos, @Nullable Problem problem) {
        repository.ended(exchange, status, problem);
        if (problem != null) {
            metrics.refused(problem.code());
        }
    }
}
