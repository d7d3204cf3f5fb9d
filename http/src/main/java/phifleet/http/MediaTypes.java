package phifleet.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.GrpcProblems;
import phifleet.http.json.Excerpt;

/** Which bodies can be read, by their heads. */
public final class MediaTypes {
    private static final String JSON = "application/json";

    private MediaTypes() {}

    /** Why the body is none that can be read; null where it can. No type at all is taken for JSON. */
    public static @Nullable Problem refuseOther(Exchange exchange) {
        Problem unfit = refuseEncoding(exchange);
        if (unfit != null) {
            return unfit;
        }
        String type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || type.equals(JSON)) {
            return null;
        }
        if (!isJson(type)) {
            String media = media(type);
            String hint = media.equals("application/x-www-form-urlencoded")
                    ? " (curl sends this with -d: add -H 'Content-Type: application/json')"
                    : "";
            return unsupported("the Content-Type must be application/json, was '" + Excerpt.of(type) + "'" + hint);
        }
        String lower = type.toLowerCase(Locale.ROOT);
        int charset = lower.indexOf("charset=", Math.max(lower.indexOf(';'), 0));
        if (charset >= 0
                && !lower.substring(charset + "charset=".length())
                        .replace("\"", "")
                        .strip()
                        .matches("utf-?8(;.*)?")) {
            return unsupported("the charset must be UTF-8, the Content-Type was '" + Excerpt.of(type) + "'");
        }
        return null;
    }

    /** Whether a Content-Type says JSON. No type at all is taken for JSON. */
    public static boolean isJson(@Nullable String type) {
        if (type == null || type.equals(JSON)) {
            return true;
        }
        String media = media(type);
        return media.equals(JSON) || (media.startsWith("application/") && media.endsWith("+json"));
    }

    /** Whether a request is a gRPC call. */
    public static boolean isGrpc(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(GrpcProblems.MEDIA_TYPE.toString());
    }

    private static String media(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /** Why the body cannot be inflated; null where it can. */
    public static @Nullable Problem refuseEncoding(Exchange exchange) {
        String encoding = exchange.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (Inflation.takes(encoding)) {
            return null;
        }
        exchange.response().putHeader(HttpHeaders.ACCEPT_ENCODING, Inflation.TAKEN);
        return unsupported("a body with Content-Encoding '" + Excerpt.of(String.valueOf(encoding))
                + "' is not taken, but " + Inflation.TAKEN);
    }

    private static Problem unsupported(String message) {
        return Problem.of(415, "unsupported_media_type", message, null);
    }
}
