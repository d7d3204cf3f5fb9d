package phifleet.http.endpoint;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.Excerpt;

/** A parameter of a query that is {@code true} or {@code false}; false where it is absent, true where it stands alone. */
public sealed interface QueryFlag {
    record Is(boolean value) implements QueryFlag {}

    record Wrong(Problem problem) implements QueryFlag {}

    /** Reads the first parameter of that name. */
    static QueryFlag read(HttpServerRequest request, String name) {
        @Nullable String query = request.query();
        for (String part : query == null ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if ((equals < 0 ? part : part.substring(0, equals)).equals(name)) {
                String value = equals < 0 ? "true" : part.substring(equals + 1);
                return switch (value) {
                    case "true" -> new Is(true);
                    case "false" -> new Is(false);
                    default ->
                        new Wrong(Problem.badRequest(
                                "invalid_parameter",
                                "`" + name + "` must be true or false, not '" + Excerpt.of(value) + "'",
                                name));
                };
            }
        }
        return new Is(false);
    }
}
