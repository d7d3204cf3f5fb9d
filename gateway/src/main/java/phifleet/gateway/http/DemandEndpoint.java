package phifleet.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonOutput;

/**
 * {@code GET /fleet/demand}: how many workers are wanted. A scaler that asks says in a header how many replicas the workers' service has
 * to have, since nobody else may ask the engine. Safe from every thread.
 */
record DemandEndpoint(DemandView demand, WorkerDirectory directory) implements Endpoint {
    /** As of {@code fleet.expected-workers}. */
    private static final int MOST_REPLICAS = 100_000;

    @Override
    public void handle(Exchange exchange) {
        @Nullable String said = exchange.request().getHeader(FleetHeaders.REPLICAS);
        if (said != null) {
            OptionalInt replicas = replicas(said);
            if (replicas.isEmpty()) {
                exchange.refuse(Problem.badRequest(
                        "invalid_header",
                        "the header `" + FleetHeaders.REPLICAS + "` must be a whole number from 0 to " + MOST_REPLICAS
                                + ", was '" + Excerpt.of(said) + "'",
                        FleetHeaders.REPLICAS));
                return;
            }
            directory.serviceWants(replicas.getAsInt());
        }
        exchange.answer(200, JsonOutput.MEDIA_TYPE, Buffer.buffer(demand.now().toString()));
    }

    private static OptionalInt replicas(String text) {
        int replicas = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
        return replicas >= 0 && replicas <= MOST_REPLICAS ? OptionalInt.of(replicas) : OptionalInt.empty();
    }
}
