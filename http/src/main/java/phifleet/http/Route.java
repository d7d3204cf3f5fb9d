package phifleet.http;

import io.vertx.core.http.HttpMethod;
import phifleet.http.dialect.Dialects;
import phifleet.http.dialect.GrpcProblems;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;

/**
 * One endpoint.
 *
 * @param path as the router takes it; also its label in metrics
 * @param problems how it refuses before a body tells more
 * @param access who may have it
 */
public record Route(HttpMethod method, String path, ProblemShape problems, Access access) {
    /** The label of all requests that no route takes. */
    public static final String OTHER = "other";

    /** Who may have a route. */
    public enum Access {
        /** Everybody. */
        OPEN,
        /** Who brings the API key, where there is one. */
        KEY,
        /** Who brings the admin key; where there is none, nobody. */
        ADMIN
    }

    public static Route get(String path) {
        return new Route(HttpMethod.GET, path, Dialects.of(path), Access.KEY);
    }

    /** Of the page and of health, which need no key. */
    public static Route open(String path) {
        return new Route(HttpMethod.GET, path, NativeProblems.SHAPE, Access.OPEN);
    }

    public static Route post(String path) {
        return new Route(HttpMethod.POST, path, Dialects.of(path), Access.KEY);
    }

    /** Of what operators do. */
    public static Route admin(String path) {
        return admin(HttpMethod.POST, path);
    }

    /** The same by another method. */
    public static Route admin(HttpMethod method, String path) {
        return new Route(method, path, Dialects.of(path), Access.ADMIN);
    }

    /** Of what operators look at. */
    public static Route adminGet(String path) {
        return new Route(HttpMethod.GET, path, Dialects.of(path), Access.ADMIN);
    }

    /** A gRPC call, which every client makes by POST. */
    public static Route call(String path, Access access) {
        return new Route(HttpMethod.POST, path, GrpcProblems.SHAPE, access);
    }

    /** What no endpoint takes, in the dialect of the path that was asked for. */
    public static Route other(String path) {
        return new Route(HttpMethod.GET, OTHER, Dialects.of(path), Access.KEY);
    }

    /** What no endpoint of this program takes, and operators alone may ask for. */
    public static Route otherAdmin(String path) {
        return new Route(HttpMethod.POST, OTHER, Dialects.of(path), Access.ADMIN);
    }

    /** Whether it answers without a key. */
    boolean open() {
        return access == Access.OPEN;
    }
}
