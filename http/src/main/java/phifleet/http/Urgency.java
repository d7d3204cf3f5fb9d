package phifleet.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.http.json.Excerpt;

/**
 * How soon a request has to be served.
 *
 * @param deadlineNanos on the scale of {@link System#nanoTime}
 * @param named whether the request set the deadline itself
 */
public record Urgency(Priority priority, long deadlineNanos, boolean named) {

    /** Whether somebody waits for it. */
    public enum Priority {
        INTERACTIVE,
        BATCH
    }

    /** Read from the headers, or why they can not be read. */
    public sealed interface Reading {
        /** They can. */
        record Read(Urgency urgency) implements Reading {}

        /** They can not. */
        record Wrong(Problem problem) implements Reading {}
    }

    static Reading read(HttpServerRequest request, EdgeSettings settings, long startNanos) {
        long most = settings.maxRequestTimeout().toMillis();
        long millis = settings.requestTimeout().toMillis();
        String timeout = request.getHeader(HeaderNames.REQUEST_TIMEOUT_MS);
        if (timeout != null) {
            millis = millis(timeout);
            if (millis < 1 || millis > most) {
                return wrong(FleetHeaders.REQUEST_TIMEOUT_MS, timeout, "a whole number from 1 to " + most);
            }
        }
        // What a proxy left of it is newer than what the client asked for.
        String grpc = timeout == null ? request.getHeader(HeaderNames.GRPC_TIMEOUT) : null;
        boolean named = timeout != null;
        if (grpc != null && MediaTypes.isGrpc(request)) {
            Optional<Duration> asked = GrpcTimeout.read(grpc);
            if (asked.isEmpty()) {
                return wrong(GrpcTimeout.HEADER, grpc, GrpcTimeout.FORM);
            }
            named = true;
            // gRPC has no bound, and clients that set a day mean none.
            millis = Math.min(asked.get().toMillis(), most);
        }
        String name = request.getHeader(HeaderNames.PRIORITY);
        Priority priority = name == null ? Priority.INTERACTIVE : priority(name);
        if (priority == null) {
            return wrong(FleetHeaders.PRIORITY, String.valueOf(name), "interactive or batch");
        }
        return new Reading.Read(new Urgency(priority, startNanos + millis * 1_000_000, named));
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
                "the header `" + header + "` must be " + wanted + ", was '" + Excerpt.of(value) + "'",
                header));
    }
}
