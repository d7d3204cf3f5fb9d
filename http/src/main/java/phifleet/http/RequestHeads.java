package phifleet.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.Excerpt;

/** What a head must say before anything is looked up by it, whatever the program. */
final class RequestHeads {
    private RequestHeads() {}

    /** Why the request cannot be served; null where it can be. */
    static @Nullable Problem wrong(HttpServerRequest request) {
        if (!saysItsHost(request)) {
            return Problem.badRequest(
                    "invalid_host",
                    "the request must have one `Host` header with a host in it (RFC 9112, section 3.2)",
                    null);
        }
        String path = request.path();
        if (HttpMethod.CONNECT.equals(request.method())) {
            return Problem.of(405, "method_not_allowed", "this is no forward proxy", null);
        }
        if (path == null || !path.startsWith("/") || !hasWholeEscapes(path)) {
            return Problem.badRequest(
                    "invalid_target",
                    "the target must be a path that begins with / and whose %-escapes have two hexadecimal digits, was '"
                            + Excerpt.of(String.valueOf(request.uri())) + "'",
                    null);
        }
        return null;
    }

    /** One that says none is of HTTP/1.0 alone, and means this program. */
    private static boolean saysItsHost(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return true;
        }
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        if (hosts == 0 && request.version() == HttpVersion.HTTP_1_0) {
            request.headers().set(HttpHeaders.HOST, "localhost");
            return true;
        }
        return hosts == 1 && request.authority() != null;
    }

    private static boolean hasWholeEscapes(String path) {
        for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1)) {
            if (at + 2 >= path.length()
                    || Character.digit(path.charAt(at + 1), 16) < 0
                    || Character.digit(path.charAt(at + 2), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
