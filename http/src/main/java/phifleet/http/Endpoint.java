package phifleet.http;

/** What happens on a route. */
@FunctionalInterface
public interface Endpoint {

    /** Answers or refuses the exchange, now or later; on the exchange's event loop. */
    void handle(Exchange exchange);
}
