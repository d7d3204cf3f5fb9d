package phifleet.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;
import phifleet.gateway.http.Exchange.Route;
import phifleet.webui.Site;

/** What each path means: the gateway's own few, and the proxy for all others. One instance an event loop. */
final class GatewayRoutes {
    private static final int MAX_REQUEST_ID = 128;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Shared shared;
    private final ProxyLoop proxy;
    private final FleetEvents events;
    private final SiteEndpoint site;
    private final RandomGenerator random;

    /**
     * What the routes of all loops share.
     *
     * @param apiKey what {@code Authorization: Bearer} must carry; null where nothing is asked
     * @param draining whether the gateway is about to go
     */
    record Shared(
            WorkerDirectory directory,
            FleetView view,
            GatewayMetrics metrics,
            String version,
            @Nullable String apiKey,
            BooleanSupplier draining) {}

    GatewayRoutes(Shared shared, ProxyLoop proxy, FleetEvents events, SiteEndpoint site, RandomGenerator random) {
        this.shared = shared;
        this.proxy = proxy;
        this.events = events;
        this.site = site;
        this.random = random;
    }

    void handle(HttpServerRequest request) {
        String path = request.path() == null ? "" : request.path();
        String requestId = requestId(request);
        switch (path) {
            case "/health", "/health/ready" -> own(request, requestId, true, () -> health(request));
            case "/health/live" -> own(request, requestId, true, () -> json(request, 200, "{\"status\":\"ok\"}"));
            case "/metrics" -> own(request, requestId, false, () -> metrics(request));
            case "/fleet" ->
                own(
                        request,
                        requestId,
                        false,
                        () -> json(request, 200, shared.view().fleet().toString()));
            case "/fleet/targets" ->
                own(
                        request,
                        requestId,
                        false,
                        () -> json(request, 200, shared.view().targets().toString()));
            case "/fleet/events" -> own(request, requestId, false, () -> events(request));
            default -> {
                if (Site.owns(path)) {
                    own(request, requestId, true, () -> site.serve(request));
                } else {
                    pass(request, path, requestId);
                }
            }
        }
    }

    private void pass(HttpServerRequest request, String path, String requestId) {
        if ("websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            refuse(
                    request,
                    requestId,
                    501,
                    "websocket_not_supported",
                    "the gateway does not carry WebSocket connections");
        } else if (request.method().equals(HttpMethod.CONNECT)) {
            refuse(request, requestId, 405, "method_not_allowed", "the gateway is no forward proxy");
        } else if (path.startsWith("/workers/")) {
            one(request, path, requestId);
        } else {
            proxy.serve(request, new Route(target(request.uri()), path, null), requestId);
        }
    }

    /** The request target in origin form: an absolute one loses its scheme and authority. */
    private static String target(String uri) {
        if (uri.startsWith("/") || uri.equals("*")) {
            return uri;
        }
        int authority = uri.indexOf("://");
        int path = authority < 0 ? -1 : uri.indexOf('/', authority + 3);
        return path < 0 ? "/" : uri.substring(path);
    }

    private void one(HttpServerRequest request, String path, String requestId) {
        if (!allowed(request)) {
            unauthorized(request, requestId);
            return;
        }
        int end = path.indexOf('/', "/workers/".length());
        String id = path.substring("/workers/".length(), end < 0 ? path.length() : end);
        Optional<Worker> worker = shared.directory().find(id);
        if (worker.isEmpty() || worker.get().state() == WorkerState.GONE) {
            refuse(request, requestId, 404, "unknown_worker", "no worker has the id " + id);
            return;
        }
        String rest = target(request.uri()).substring("/workers/".length() + id.length());
        String uri = rest.startsWith("/") ? rest : "/" + rest;
        proxy.serve(request, new Route(uri, end < 0 ? "/" : path.substring(end), worker.get()), requestId);
    }

    private void own(HttpServerRequest request, String requestId, boolean open, Runnable answer) {
        request.response().putHeader(FleetHeaders.REQUEST_ID, requestId);
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            refuse(request, requestId, 405, "method_not_allowed", request.path() + " takes GET");
        } else if (!open && !allowed(request)) {
            unauthorized(request, requestId);
        } else {
            answer.run();
        }
    }

    private boolean allowed(HttpServerRequest request) {
        if (shared.apiKey() == null) {
            return true;
        }
        String given = request.getHeader(HttpHeaders.AUTHORIZATION);
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        ("Bearer " + shared.apiKey()).getBytes(StandardCharsets.UTF_8));
    }

    private void unauthorized(HttpServerRequest request, String requestId) {
        request.response().putHeader("WWW-Authenticate", "Bearer");
        refuse(request, requestId, 401, "unauthorized", "this needs Authorization: Bearer and the API key");
    }

    private void health(HttpServerRequest request) {
        FleetSnapshot snapshot = shared.directory().snapshot();
        long ready = snapshot.workers().stream()
                .filter(worker -> worker.state() == WorkerState.READY)
                .count();
        String status = shared.draining().getAsBoolean() ? "draining" : ready > 0 ? "ok" : "no_workers";
        boolean ok = status.equals("ok");
        if (!ok) {
            request.response().putHeader("Retry-After", "1");
        }
        json(
                request,
                ok ? 200 : 503,
                "{\"status\":\"" + status + "\",\"service\":\"phi-gateway\",\"version\":\"" + shared.version()
                        + "\",\"workers\":" + ready + "}");
    }

    private void metrics(HttpServerRequest request) {
        end(
                request,
                "text/plain; version=0.0.4; charset=utf-8",
                shared.metrics().scrape(shared.directory().snapshot()));
    }

    private void events(HttpServerRequest request) {
        if (!events.open(request)) {
            GatewayErrors.send(
                    request.response(),
                    "/fleet/events",
                    new Problem(503, "too_many_watchers", "too many clients watch the fleet already", null, SOON));
        }
    }

    private static void json(HttpServerRequest request, int status, String body) {
        request.response().setStatusCode(status);
        end(request, "application/json", body);
    }

    private static void end(HttpServerRequest request, String type, String body) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, type);
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(
                    HttpHeaders.CONTENT_LENGTH, Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
            response.end();
        } else {
            response.end(body);
        }
    }

    private void refuse(HttpServerRequest request, String requestId, int status, String code, String message) {
        request.response().putHeader(FleetHeaders.REQUEST_ID, requestId);
        String path = request.path();
        shared.metrics().refused(code);
        GatewayErrors.send(request.response(), path == null ? "" : path, Problem.of(status, code, message, null));
    }

    /** The client's id where it is one that is safe to log, else a new one. */
    private String requestId(HttpServerRequest request) {
        String given = request.getHeader(FleetHeaders.REQUEST_ID);
        if (given != null && !given.isEmpty() && given.length() <= MAX_REQUEST_ID && isVisible(given)) {
            return given;
        }
        return HexFormat.of().toHexDigits(random.nextLong());
    }

    private static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
