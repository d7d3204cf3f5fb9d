package phifleet.http;

import io.vertx.core.http.HttpMethod;

/**
 * One endpoint.
 *
 * @param path as the router takes it; also its label in metrics
 * @param problems how it refuses before a body tells more
 * @param open whether it answers without an API key
 */
public record Route(HttpMethod method, String path, ProblemShape problems, boolean open) {
    /** The label of all requests that no route takes. */
    public static final String OTHER = "other";

    public static Route get(String path) {
        return new Route(HttpMethod.GET, path, Dialects.of(path), false);
    }

    /** Of the page and of health, which need no key. */
    public static Route open(String path) {
        return new Route(HttpMethod.GET, path, NativeProblems.SHAPE, true);
    }

    public static Route post(String path) {
        return new Route(HttpMethod.POST, path, Dialects.of(path), false);
    }

    /** A gRPC call, which every client makes by POST. */
    public static Route call(String path, boolean open) {
        return new Route(HttpMethod.POST, path, GrpcProblems.SHAPE, open);
    }

    /** What no endpoint takes, in the dialect of the path that was asked for. */
    public static Route other(String path) {
        return new Route(HttpMethod.GET, OTHER, Dialects.of(path), false);
    }
}
