package phifleet.http.endpoint;

import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.dialect.Dialects;
import phifleet.http.json.JsonLimits;

/** An endpoint that takes a JSON body. */
public final class JsonPost implements Endpoint {
    /** Some 30 sentences of 50 µs each: what an event loop may spend on one request. */
    public static final int INLINE_BYTES = 4096;

    private final BodyPost post;

    /**
     * Makes the endpoint.
     *
     * @param inlineBytes the largest body that is prepared on the event loop; -1 for none
     * @param limits within which a body is JSON
     */
    public JsonPost(BodyPost.Preparation preparation, int inlineBytes, WorkPool pool, JsonLimits limits) {
        this(BodyPost.Media.JSON, preparation, inlineBytes, pool, limits);
    }

    /** The same where bodies of other types are taken too: the preparation looks at the type. */
    public JsonPost(
            BodyPost.Media media, BodyPost.Preparation preparation, int inlineBytes, WorkPool pool, JsonLimits limits) {
        this.post = new BodyPost(
                media, (exchange, body) -> foreseen(preparation, limits, exchange, body), inlineBytes, pool);
    }

    @Override
    public void handle(Exchange exchange) {
        post.handle(exchange);
    }

    /** What a parser throws that nobody foresaw is the caller's mistake where the body is no JSON. */
    private static Reply foreseen(BodyPost.Preparation preparation, JsonLimits limits, Exchange exchange, byte[] body) {
        try {
            return preparation.prepare(exchange, body);
        } catch (RuntimeException e) {
            if (limits.isJson(body)) {
                throw e;
            }
            exchange.edge().log().failed(exchange, e);
            return new Reply.Refused(
                    Problem.badRequest("invalid_json", "the body is not valid JSON within the limits", null),
                    Dialects.of(exchange.route().path(), body, body.length));
        }
    }
}
