package phifleet.gateway.http.proxy;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.http.routing.ModelName;
import phifleet.gateway.http.routing.ModelRouting;
import phifleet.gateway.http.routing.RequestTarget;
import phifleet.http.Body;
import phifleet.http.Exchange;
import phifleet.http.dialect.Dialects;
import phifleet.http.dialect.ProblemShape;

/** What a request asks for, once the beginning of its body is there, and that body on its way. For one event loop. */
final class Asked {
    /** As much of a body as says which model and which dialect it is for. */
    private static final int BEGINNING_BYTES = ModelName.SCANNED_BYTES;

    private final RequestTarget target;
    private final @Nullable StreamToll toll;
    private final UpstreamBody body;
    private final ModelDivision.@Nullable Divided divided;
    private final ModelRouting.Wanted wanted;
    private ProblemShape problems;

    /**
     * A request.
     *
     * @param came where it was sent, before a name that stands for several models was one of theirs
     * @param held of its body
     * @param whole whether that is all of it
     */
    Asked(Exchange exchange, RequestTarget came, ModelDivision division, Body held, boolean whole) {
        HttpServerRequest request = exchange.request();
        problems = exchange.route().problems();
        toll = came.isStream() ? new StreamToll(exchange) : null;
        body = new UpstreamBody(request, held, whole, came.limit(exchange.edge().settings()), toll);
        divided = division.divide(came, request.headers(), body);
        target = divided == null ? came : divided.target();
        wanted = new ModelRouting.Wanted(
                target.path(),
                request.headers(),
                target.pinned(),
                this::beginning,
                divided == null ? null : divided.model(),
                divided == null ? ModelName.versionInPath(target.path()) : divided.version());
        if (!whole) {
            // What is held of it is sent, and then gone.
            problems = problems();
        }
    }

    /** Where it goes. */
    RequestTarget target() {
        return target;
    }

    UpstreamBody body() {
        return body;
    }

    ModelRouting.Wanted wanted() {
        return wanted;
    }

    /** Whose share it is; null where its name stands for one model. */
    ModelDivision.@Nullable Divided divided() {
        return divided;
    }

    /** What a stream's messages count for; null where it is one request. */
    @Nullable
    StreamToll toll() {
        return toll;
    }

    /** How its dialect says what went wrong. */
    ProblemShape problems() {
        byte[] beginning = beginning();
        return beginning.length == 0 ? problems : Dialects.of(target.path(), beginning, beginning.length);
    }

    private byte[] beginning() {
        return body.beginning(BEGINNING_BYTES, target.isCall());
    }
}
