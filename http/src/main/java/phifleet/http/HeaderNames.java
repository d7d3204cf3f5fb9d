package phifleet.http;

import io.vertx.core.http.HttpHeaders;
import phifleet.common.FleetHeaders;
import phifleet.common.ModelRoutes;

/** Names of headers that every request is asked for, in the form in which looking them up costs least. */
public final class HeaderNames {
    public static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(FleetHeaders.REQUEST_ID);
    public static final CharSequence WORKER_ID = HttpHeaders.createOptimized(FleetHeaders.WORKER_ID);
    public static final CharSequence REQUEST_TIMEOUT_MS = HttpHeaders.createOptimized(FleetHeaders.REQUEST_TIMEOUT_MS);
    public static final CharSequence PRIORITY = HttpHeaders.createOptimized(FleetHeaders.PRIORITY);
    public static final CharSequence FALLBACK = HttpHeaders.createOptimized(FleetHeaders.FALLBACK);
    public static final CharSequence DEVICE_MS = HttpHeaders.createOptimized(FleetHeaders.DEVICE_MS);
    public static final CharSequence MODEL = HttpHeaders.createOptimized(ModelRoutes.HEADER);
    public static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
    public static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    public static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("X-Forwarded-Host");
    static final CharSequence GRPC_TIMEOUT = HttpHeaders.createOptimized(GrpcTimeout.HEADER);

    private HeaderNames() {}
}
