package phifleet.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.gateway.balance.Worker;
import phifleet.http.GrpcFrames;

/**
 * Which headers pass the gateway. Those of one hop only (RFC 9110 section 7.6.1, and whatever {@code Connection} names)
 * stop here in both directions; who asked is added on the way in.
 */
final class ProxyHeaders {
    private ProxyHeaders() {}

    /** Copies a request's end-to-end headers. The body's framing, the host, the request id and the deadline are the
     * caller's. */
    static void copyRequest(HttpServerRequest from, MultiMap to) {
        MultiMap headers = from.headers();
        List<String> nominated = nominated(headers);
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (!stopsAtRequest(name) && !contains(nominated, name)) {
                to.add(name, header.getValue());
            }
        }
        forwarded(from, to);
        if (GrpcFrames.isCall(from)) {
            // Of one hop, so that it was not copied; servers of gRPC look for it.
            to.set("TE", "trailers");
        }
    }

    /** Names the worker, where it has not done so itself. */
    static void sign(MultiMap answer, Worker worker) {
        if (!answer.contains(FleetHeaders.WORKER_ID)) {
            answer.set(FleetHeaders.WORKER_ID, worker.card().id());
        }
    }

    /**
     * Copies an answer's end-to-end headers, {@code Content-Length} included; the request id is there already.
     *
     * @param ownCors whether this program says itself which pages may read the answer
     */
    static void copyAnswer(MultiMap from, MultiMap to, boolean ownCors) {
        List<String> nominated = nominated(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey();
            if (!isHopByHop(name) && !contains(nominated, name) && !stopsAtAnswer(name, ownCors)) {
                to.add(name, header.getValue());
            }
        }
    }

    private static void forwarded(HttpServerRequest from, MultiMap to) {
        String client =
                from.remoteAddress() == null ? "unknown" : from.remoteAddress().hostAddress();
        String before = to.get("X-Forwarded-For");
        to.set("X-Forwarded-For", before == null ? client : before + ", " + client);
        if (!to.contains("X-Forwarded-Proto")) {
            to.set("X-Forwarded-Proto", from.isSSL() ? "https" : "http");
        }
        if (!to.contains("X-Forwarded-Host") && from.authority() != null) {
            to.set("X-Forwarded-Host", from.authority().toString());
        }
    }

    private static List<String> nominated(MultiMap headers) {
        @Nullable List<String> names = null;
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().length() == 10 && header.getKey().equalsIgnoreCase("Connection")) {
                String value = header.getValue();
                if (!value.equalsIgnoreCase("keep-alive") && !value.equalsIgnoreCase("close")) {
                    names = names == null ? new ArrayList<>() : names;
                    for (String name : value.split(",", -1)) {
                        names.add(name.strip());
                    }
                }
            }
        }
        return names == null ? List.of() : names;
    }

    private static boolean contains(List<String> names, String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean stopsAtAnswer(String name, boolean ownCors) {
        return name.equalsIgnoreCase(FleetHeaders.REQUEST_ID)
                || (ownCors && name.regionMatches(true, 0, "Access-Control-", 0, "Access-Control-".length()));
    }

    private static boolean stopsAtRequest(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("Host");
            case 6 -> name.equalsIgnoreCase("Expect");
            case 12 -> name.equalsIgnoreCase(FleetHeaders.REQUEST_ID);
            case 14 ->
                name.equalsIgnoreCase("Content-Length")
                        || name.equalsIgnoreCase(FleetHeaders.COPIES)
                        || isHopByHop(name);
            case 20 -> name.equalsIgnoreCase(FleetHeaders.REQUEST_TIMEOUT_MS);
            default -> isHopByHop(name);
        };
    }

    /** By length first: nearly every header is told apart by that alone. */
    static boolean isHopByHop(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 7 -> name.equalsIgnoreCase("Upgrade") || name.equalsIgnoreCase("Trailer");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 -> name.equalsIgnoreCase("HTTP2-Settings");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            case 18 -> name.equalsIgnoreCase("Proxy-Authenticate");
            case 19 -> name.equalsIgnoreCase("Proxy-Authorization");
            default -> false;
        };
    }
}
