package phifleet.worker.http;

import io.vertx.core.http.HttpMethod;

/**
 * One endpoint.
 *
 * @param path as the router takes it; also its label in metrics
 * @param problems how it refuses before a body tells more
 * @param open whether it answers without an API key
 */
record Route(HttpMethod method, String path, ProblemShape problems, boolean open) {

    static Route get(String path, ProblemShape problems) {
        return new Route(HttpMethod.GET, path, problems, false);
    }

    static Route open(String path) {
        return new Route(HttpMethod.GET, path, NativeProblems.SHAPE, true);
    }

    static Route post(String path, ProblemShape problems) {
        return new Route(HttpMethod.POST, path, problems, false);
    }
}
