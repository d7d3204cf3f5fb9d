package phifleet.gateway.http.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.ModelRoutes;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.demand.DemandSettings;
import phifleet.gateway.demand.FleetDemand;
import phifleet.gateway.demand.OpenRequest;
import phifleet.gateway.demand.RequestKind;
import phifleet.gateway.demand.Wakefulness;
import phifleet.gateway.http.routing.GrpcModelName;
import phifleet.gateway.http.routing.ModelName;
import phifleet.gateway.http.routing.ModelRouting;
import phifleet.gateway.http.routing.RequestTarget;
import phifleet.http.HeaderNames;
import phifleet.http.Urgency;

/** As what a request counts towards the demand. Safe from every thread. */
public record RequestDemand(FleetDemand demand, DemandSettings settings, WorkerDirectory directory) {
    /** A longer body is not worth the search: it counts by its kind. */
    private static final int SCANNED_BYTES = 16 * 1024;

    /** Of a model that no worker holds, whatever its name: callers may make up as many as they like. */
    private static final String UNKNOWN = "(unknown)";

    /** Of what needs no model. */
    private static final String NO_MODEL = "(none)";

    /** Until a request is counted. */
    static final OpenRequest NONE = OpenRequest.uncounted();

    /** What only asks for a worker's state costs its device nothing, and who asks one worker by name wants no other. */
    OpenRequest of(RequestTarget target, ModelRouting.Wanted wanted, HttpMethod method, Urgency.Priority priority) {
        if (target.pinned() != null || method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            return NONE;
        }
        String word = switch (priority) {
            case INTERACTIVE -> "interactive";
            case BATCH -> "batch";
        };
        return demand.meter().arrived(new RequestKind(model(wanted), word));
    }

    /** How long a request waits for a worker: longer where the fleet sleeps, since it is what wakes it. */
    Duration patience(Duration usual) {
        return demand.latest().wakefulness() == Wakefulness.AWAKE
                        || settings.wake().compareTo(usual) < 0
                ? usual
                : settings.wake();
    }

    /** Takes what the answer says of its cost. A refusal says nothing of it; what names no cost had none. */
    static void answered(OpenRequest counted, HttpClientResponse answer, int status) {
        if (status < 500 && status != 429) {
            counted.took(Math.max(0, FleetHeaders.deviceNanos(answer.getHeader(HeaderNames.DEVICE_MS))));
        }
    }

    private String model(ModelRouting.Wanted wanted) {
        @Nullable String name = isSearched(wanted) ? wanted.model() : wanted.modelBeforeBody();
        if (name != null) {
            return directory.snapshot().knows(name) ? name : UNKNOWN;
        }
        List<String> kinds = ModelRoutes.kindsOf(wanted.path());
        return kinds.isEmpty() ? NO_MODEL : "(" + kinds.getFirst() + ")";
    }

    private static boolean isSearched(ModelRouting.Wanted wanted) {
        if (GrpcModelName.isCall(wanted.path())) {
            return true;
        }
        MultiMap headers = wanted.headers();
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return ModelName.isJson(headers)
                && length != null
                && length.length() < 6
                && Integer.parseInt(length) <= SCANNED_BYTES
                && !headers.contains(HttpHeaders.CONTENT_ENCODING);
    }
}
