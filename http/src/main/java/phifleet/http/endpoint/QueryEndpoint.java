package phifleet.http.endpoint;

import io.vertx.core.MultiMap;
import java.util.function.BiConsumer;
import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;

/**
 * What happens on a route that takes parameters in its query. One whose percent signs make no sense is refused.
 *
 * @param taken gets the exchange and its parameters
 */
public record QueryEndpoint(BiConsumer<Exchange, MultiMap> taken) implements Endpoint {
    @Override
    public void handle(Exchange exchange) {
        MultiMap parameters;
        try {
            parameters = exchange.request().params();
        } catch (IllegalArgumentException e) {
            exchange.refuse(Problem.badRequest(
                    "invalid_parameter", "the query is not percent-encoded as RFC 3986 has it", null));
            return;
        }
        taken.accept(exchange, parameters);
    }
}
