package phifleet.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
            FleetHeaders.DEVICE_MS,
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

    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9-]+(?:[ \t]*,[ \t]*[A-Za-z0-9-]+)*");

    private final Set<String> origins;

    /** The most of headers asked for that are allowed, in bytes: an answer never grows with what a caller makes up. */
    private static final int MAX_ASKED_BYTES = 2_048;

    Cors(List<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    boolean isOn() {
        return !origins.isEmpty();
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
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked(request))
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        }
    }

    /** Ours, and those that are asked for where they are names: a client's library may send some of its own. */
    private static String asked(HttpServerRequest request) {
        String asked = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (asked == null
                || asked.isBlank()
                || asked.length() > MAX_ASKED_BYTES
                || !NAMES.matcher(asked).matches()) {
            return REQUEST_HEADERS;
        }
        return REQUEST_HEADERS + ", " + asked;
    }
}
