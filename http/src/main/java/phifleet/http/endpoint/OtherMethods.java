package phifleet.http.endpoint;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Collection;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.dialect.Problems;

/** What a path answers to methods that it does not take, and to the question which it takes. */
public final class OtherMethods implements Endpoint {
    private final String allowed;

    /** For a path that takes these; who takes GET takes HEAD. */
    public OtherMethods(Collection<HttpMethod> methods) {
        StringBuilder list = new StringBuilder();
        for (HttpMethod method : methods) {
            list.append(method.equals(HttpMethod.GET) ? "GET, HEAD" : method.name())
                    .append(", ");
        }
        allowed = list.append("OPTIONS").toString();
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.response().putHeader(HttpHeaders.ALLOW, allowed);
        if (HttpMethod.OPTIONS.equals(exchange.request().method())) {
            exchange.answerEmpty(204);
        } else {
            exchange.refuse(
                    Problems.methodNotAllowed(exchange.request().method().name(), allowed));
        }
    }
}
