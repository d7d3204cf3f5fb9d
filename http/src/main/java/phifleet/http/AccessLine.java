package phifleet.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonOutput;

/** One request as a line of the access log: who answered what, when and how fast; nothing of its body, its query or its key. */
final class AccessLine {
    private AccessLine() {}

    static String of(Exchange exchange, int status, long nanos, @Nullable Problem problem, Instant now) {
        JsonOutput out = new JsonOutput(384);
        out.beginObject().member("at").string(now.toString());
        out.member("request_id").string(exchange.requestId());
        String worker = exchange.response().headers().get(FleetHeaders.WORKER_ID);
        if (worker != null) {
            out.member("worker_id").string(worker);
        }
        out.member("model").string(exchange.model());
        out.member("method").string(Excerpt.of(exchange.request().method().name()));
        out.member("route").string(exchange.route().path());
        out.member("path").string(Excerpt.of(String.valueOf(exchange.request().path())));
        out.member("status").number(status);
        out.member("took_ms").millis(nanos);
        String device = exchange.response().headers().get(FleetHeaders.DEVICE_MS);
        if (device != null) {
            out.member("device_ms").number(FleetHeaders.deviceNanos(device) / 1e6);
        }
        if (problem != null) {
            out.member("problem").string(problem.code());
        }
        return out.endObject().takeLast().toString(StandardCharsets.UTF_8);
    }
}
