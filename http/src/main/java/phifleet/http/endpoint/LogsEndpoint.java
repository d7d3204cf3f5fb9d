package phifleet.http.endpoint;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonOutput;
import phifleet.logging.RecentLines;

/** {@code GET /logs}: the last lines of the program's log, the oldest first. */
public final class LogsEndpoint implements Endpoint {
    private static final int USUAL = 100;

    private final RecentLines lines;

    public LogsEndpoint(RecentLines lines) {
        this.lines = lines;
    }

    @Override
    public void handle(Exchange exchange) {
        new QueryEndpoint(this::answer).handle(exchange);
    }

    private void answer(Exchange exchange, MultiMap parameters) {
        @Nullable String given = parameters.get("lines");
        int most = given == null ? USUAL : given.matches("\\d{1,6}") ? Integer.parseInt(given) : 0;
        if (most < 1 || most > RecentLines.MOST) {
            exchange.refuse(Problem.badRequest(
                    "invalid_parameter",
                    "`lines` is '" + Excerpt.of(String.valueOf(given)) + "', and must be a whole number from 1 to "
                            + RecentLines.MOST,
                    "lines"));
            return;
        }
        JsonOutput out = new JsonOutput(4_096);
        out.beginObject().member("lines").beginList();
        for (RecentLines.Line line : lines.last(most)) {
            out.beginObject().member("at").string(line.at().toString());
            out.member("level").string(line.level());
            out.member("logger").string(line.logger());
            out.member("message").string(line.message());
            if (line.requestId() != null) {
                out.member("request_id").string(line.requestId());
            }
            out.endObject();
        }
        exchange.answer(out.endList().endObject());
    }
}
