package phifleet.worker.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Set;
import phifleet.common.FleetHeaders;

/**
 * Lets pages of the configured origins call. Other origins are not refused: their browsers do that, for want of a header.
 */
final class Cors {
    private static final String ANY = "*";
    private static final String REQUEST_HEADERS = String.join(
            ", ",
            "Authorization",
            "Content-Type",
            FleetHeaders.REQUEST_ID,
            FleetHeaders.REQUEST_TIMEOUT_MS,
            FleetHeaders.PRIORITY);
    private static final String RESPONSE_HEADERS = String.join(
            ", ",
            FleetHeaders.REQUEST_ID,
            FleetHeaders.WORKER_ID,
            "Retry-After",
            "x-total-time",
            "x-tokenization-time",
            "x-queue-time",
            "x-inference-time",
            "x-compute-time",
            "x-compute-tokens",
            "x-compute-characters",
            "x-compute-type");

    /** How long a browser may remember a preflight's answer. */
    private static final String MAX_AGE_SECONDS = "600";

    private final Set<String> origins;

    Cors(List<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Adds the headers that let the caller's page read the answer. */
    void allow(HttpServerRequest request, HttpServerResponse response) {
        if (origins.isEmpty()) {
            return;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean any = origins.contains(ANY);
        if (!any) {
            response.putHeader(HttpHeaders.VARY, "Origin");
        }
        if (origin == null || !(any || origins.contains(origin))) {
            return;
        }
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, any ? ANY : origin);
        if (request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) == null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
        } else {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        }
    }
}
