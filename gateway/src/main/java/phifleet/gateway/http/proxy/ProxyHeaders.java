package phifleet.gateway.http.proxy;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import phifleet.common.FleetHeaders;
import phifleet.gateway.balance.Worker;
import phifleet.http.HeaderNames;
import phifleet.http.MediaTypes;

/**
 * Which headers pass the gateway. Those of one hop only (RFC 9110 section 7.6.1, and whatever {@code Connection} names)
 * stop here in both directions; who asked is added on the way in.
 */
public final class ProxyHeaders {
    private static final CharSequence TE = HttpHeaders.createOptimized("TE");
    private static final CharSequence TRAILERS = HttpHeaders.createOptimized("trailers");
    private static final CharSequence HTTP = HttpHeaders.createOptimized("http");
    private static final CharSequence HTTPS = HttpHeaders.createOptimized("https");
    private static final String CORS = "Access-Control-";

    private ProxyHeaders() {}

    /** Copies a request's end-to-end headers. The body's framing, the host, the request id and the deadline are the
     * caller's. */
    public static void copyRequest(HttpServerRequest from, MultiMap to) {
        copyEndToEnd(from.headers(), to);
        forwarded(from, to);
        if (MediaTypes.isGrpc(from)) {
            // Of one hop, so that it was not copied; servers of gRPC look for it.
            to.set(TE, TRAILERS);
        }
    }

    static void copyEndToEnd(MultiMap headers, MultiMap to) {
        List<String> nominated = nominated(headers);
        if (headers instanceof io.netty.handler.codec.http.HttpHeaders read) {
            // As they were read: a text for each name and value would be made for nothing.
            Iterator<Map.Entry<CharSequence, CharSequence>> all = read.iteratorCharSequence();
            while (all.hasNext()) {
                Map.Entry<CharSequence, CharSequence> header = all.next();
                copyEndToEnd(header.getKey(), header.getValue(), nominated, to);
            }
        } else {
            headers.forEach((name, value) -> copyEndToEnd(name, value, nominated, to));
        }
    }

    private static void copyEndToEnd(CharSequence name, CharSequence value, List<String> nominated, MultiMap to) {
        if (!stopsAtRequest(name) && !contains(nominated, name)) {
            to.add(name, value);
        }
    }

    /** Names the worker, where it has not done so itself. */
    static void sign(MultiMap answer, Worker worker) {
        if (!answer.contains(HeaderNames.WORKER_ID)) {
            answer.set(HeaderNames.WORKER_ID, worker.card().id());
        }
    }

    /**
     * Copies an answer's end-to-end headers, {@code Content-Length} included; the request id is there already.
     *
     * @param ownCors whether this program says itself which pages may read the answer
     */
    static void copyAnswer(MultiMap from, MultiMap to, boolean ownCors) {
        List<String> nominated = nominated(from);
        from.forEach((name, value) -> {
            if (!isHopByHop(name) && !contains(nominated, name) && !stopsAtAnswer(name, ownCors)) {
                to.add(name, value);
            }
        });
    }

    private static void forwarded(HttpServerRequest from, MultiMap to) {
        String client =
                from.remoteAddress() == null ? "unknown" : from.remoteAddress().hostAddress();
        String before = to.get(HeaderNames.FORWARDED_FOR);
        to.set(HeaderNames.FORWARDED_FOR, before == null ? client : before + ", " + client);
        if (!to.contains(HeaderNames.FORWARDED_PROTO)) {
            to.set(HeaderNames.FORWARDED_PROTO, from.isSSL() ? HTTPS : HTTP);
        }
        if (!to.contains(HeaderNames.FORWARDED_HOST) && from.authority() != null) {
            to.set(HeaderNames.FORWARDED_HOST, from.authority().toString());
        }
    }

    private static List<String> nominated(MultiMap headers) {
        String first = headers.get(HttpHeaders.CONNECTION);
        if (first == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (String value : headers.getAll(HttpHeaders.CONNECTION)) {
            if (!value.equalsIgnoreCase("keep-alive") && !value.equalsIgnoreCase("close")) {
                for (String name : value.split(",", -1)) {
                    names.add(name.strip());
                }
            }
        }
        return names;
    }

    private static boolean contains(List<String> names, CharSequence name) {
        for (int i = 0; i < names.size(); i++) {
            if (same(names.get(i), name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean stopsAtAnswer(String name, boolean ownCors) {
        return name.equalsIgnoreCase(FleetHeaders.REQUEST_ID)
                || (ownCors && name.regionMatches(true, 0, CORS, 0, CORS.length()));
    }

    private static boolean stopsAtRequest(CharSequence name) {
        return switch (name.length()) {
            case 4 -> same("Host", name);
            case 6 -> same("Expect", name);
            case 12 -> same(FleetHeaders.REQUEST_ID, name);
            case 14 -> same("Content-Length", name) || same(FleetHeaders.COPIES, name) || isHopByHop(name);
            case 20 -> same(FleetHeaders.REQUEST_TIMEOUT_MS, name);
            default -> isHopByHop(name);
        };
    }

    /** By length first: nearly every header is told apart by that alone. */
    static boolean isHopByHop(CharSequence name) {
        return switch (name.length()) {
            case 2 -> same("TE", name);
            case 7 -> same("Upgrade", name) || same("Trailer", name);
            case 10 -> same("Connection", name) || same("Keep-Alive", name);
            case 14 -> same("HTTP2-Settings", name);
            case 16 -> same("Proxy-Connection", name);
            case 17 -> same("Transfer-Encoding", name);
            case 18 -> same("Proxy-Authenticate", name);
            case 19 -> same("Proxy-Authorization", name);
            default -> false;
        };
    }

    private static boolean same(CharSequence known, CharSequence name) {
        return AsciiString.contentEqualsIgnoreCase(known, name);
    }
}
