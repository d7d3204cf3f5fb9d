package phifleet.http.endpoint;

import io.vertx.core.http.HttpHeaders;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.json.JsonOutput;

/** What {@code /health} and its parts answer, in the form that both programs share. */
public final class Health {
    /** {@code GET /health/live}: the process answers. */
    public static final Endpoint LIVE = exchange -> of(true, "live").answer(exchange);

    private final boolean well;
    private final JsonOutput out = new JsonOutput(256).beginObject();

    private Health(boolean well, String status) {
        this.well = well;
        out.member("status").string(status);
    }

    public static Health of(boolean well, String status) {
        return new Health(well, status);
    }

    public static Health of(String service, String version, boolean well, String status) {
        Health health = new Health(well, status);
        health.out.member("service").string(service).member("version").string(version);
        return health;
    }

    /** Says why; nothing where there is no reason. */
    public Health because(String reason) {
        if (!reason.isEmpty()) {
            out.member("reason").string(reason);
        }
        return this;
    }

    public Health count(String name, long value) {
        out.member(name).number(value);
        return this;
    }

    /** 200 where all is well, else 503. */
    public void answer(Exchange exchange) {
        if (!well) {
            exchange.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        exchange.answer(well ? 200 : 503, JsonOutput.MEDIA_TYPE, out.endObject().takeLast());
    }
}
