package phifleet.worker.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.inference.lane.Priority;

/**
 * How soon a request has to be served.
 *
 * @param deadlineNanos on the scale of {@link System#nanoTime}
 */
record Urgency(Priority priority, long deadlineNanos) {

    /** Read from the headers, or why they can not be read. */
    sealed interface Reading {
        /** They can. */
        record Read(Urgency urgency) implements Reading {}

        /** They can not. */
        record Wrong(Problem problem) implements Reading {}
    }

    static Reading read(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        HttpSettings settings = exchange.edge().settings();
        long most = settings.maxRequestTimeout().toMillis();
        long millis = settings.requestTimeout().toMillis();
        String timeout = request.getHeader(FleetHeaders.REQUEST_TIMEOUT_MS);
        if (timeout != null) {
            millis = millis(timeout);
            if (millis < 1 || millis > most) {
                return wrong(FleetHeaders.REQUEST_TIMEOUT_MS, timeout, "a whole number from 1 to " + most);
            }
        }
        String name = request.getHeader(FleetHeaders.PRIORITY);
        Priority priority = name == null ? Priority.INTERACTIVE : priority(name);
        if (priority == null) {
            return wrong(FleetHeaders.PRIORITY, String.valueOf(name), "interactive or batch");
        }
        return new Reading.Read(new Urgency(priority, exchange.startNanos() + millis * 1_000_000));
    }

    /** -1 for what is no number of up to nine digits. */
    private static long millis(String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Long.parseLong(text);
    }

    private static @Nullable Priority priority(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "interactive" -> Priority.INTERACTIVE;
            case "batch" -> Priority.BATCH;
            default -> null;
        };
    }

    private static Reading wrong(String header, String value, String wanted) {
        return new Reading.Wrong(Problem.badRequest(
                "invalid_header",
                "the header `" + header + "` must be " + wanted + ", was '" + Problems.shorten(value) + "'",
                header));
    }
}
