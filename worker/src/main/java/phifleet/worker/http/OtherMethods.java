package phifleet.worker.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import phifleet.common.Problem;

/** What a path answers to methods that it does not take, and to the question which it takes. */
final class OtherMethods implements Endpoint {
    private final String allowed;

    OtherMethods(HttpMethod method) {
        allowed = (method.equals(HttpMethod.GET) ? "GET, HEAD" : method.name()) + ", OPTIONS";
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.response().putHeader(HttpHeaders.ALLOW, allowed);
        if (HttpMethod.OPTIONS.equals(exchange.request().method())) {
            exchange.answerEmpty(204);
        } else {
            exchange.refuse(Problem.of(
                    405,
                    "method_not_allowed",
                    "this path does not take "
                            + Problems.shorten(exchange.request().method().name()) + " but " + allowed,
                    null));
        }
    }
}
