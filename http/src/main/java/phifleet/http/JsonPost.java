package phifleet.http;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.JsonLimits;

/**
 * An endpoint that takes a JSON body. Small bodies are parsed and tokenised where they arrive, on the event loop; larger ones
 * on a pool, so that they never hold up the others.
 */
public final class JsonPost implements Endpoint {
    /** Some 30 sentences of 50 µs each: what an event loop may spend on one request. */
    public static final int INLINE_BYTES = 4096;

    private final Preparation preparation;
    private final int inlineBytes;
    private final WorkPool pool;
    private final JsonLimits limits;

    /** From a body to what is to be done with it: parsing, checking, tokenising, judging. Thread-safe. */
    @FunctionalInterface
    public interface Preparation {
        /** Runs on the event loop or on the pool, and does not wait. Of the exchange it may only read. */
        Reply prepare(Exchange exchange, byte[] body);
    }

    /**
     * Makes the endpoint.
     *
     * @param inlineBytes the largest body that is prepared on the event loop; -1 for none
     * @param limits within which a body is JSON
     */
    public JsonPost(Preparation preparation, int inlineBytes, WorkPool pool, JsonLimits limits) {
        this.preparation = preparation;
        this.inlineBytes = inlineBytes;
        this.pool = pool;
        this.limits = limits;
    }

    @Override
    public void handle(Exchange exchange) {
        Problem unfit = MediaTypes.refuseOther(exchange);
        if (unfit != null) {
            exchange.refuse(unfit);
            return;
        }
        long limit = Math.min(
                exchange.edge().settings().maxBodyBytes(),
                exchange.edge().budget().largest());
        BodyReader.read(exchange, limit, Integer.MAX_VALUE, new BodyReader.Receiver() {
            @Override
            public void whole(Body body) {
                received(exchange, body, limit);
            }

            @Override
            public void flowing(Body beginning) {
                throw new IllegalStateException("no body is longer than can be held");
            }
        });
    }

    private void received(Exchange exchange, Body body, long limit) {
        if (exchange.urgency() instanceof Urgency.Reading.Wrong(Problem problem)) {
            ProblemShape shape = Dialects.of(exchange.route().path(), body.bytes(), body.length());
            body.release();
            exchange.refuse(problem, shape);
        } else if (body.length() <= inlineBytes && !Inflation.isNeeded(exchange.request())) {
            exchange.run(() -> prepare(exchange, body, limit).send(exchange));
        } else if (!pool.offer(exchange, () -> prepare(exchange, body, limit))) {
            body.release();
            exchange.refuse(Problems.busy("too many requests wait to be worked on"));
        }
    }

    private Reply prepare(Exchange exchange, Body body, long limit) {
        @Nullable Body plain = null;
        try {
            if (exchange.isOver()) {
                return over -> {};
            }
            if (!Inflation.isNeeded(exchange.request())) {
                return foreseen(exchange, body.bytes());
            }
            switch (Inflation.inflate(exchange, body, limit)) {
                case Inflation.Result.Plain(Body inflated) -> plain = inflated;
                case Inflation.Result.Wrong(Problem problem) -> {
                    return new Reply.Refused(problem, exchange.route().problems());
                }
            }
            return foreseen(exchange, plain.bytes());
        } finally {
            body.release();
            if (plain != null) {
                plain.release();
            }
        }
    }

    /** What a parser throws that nobody foresaw is the caller's mistake where the body is no JSON. */
    private Reply foreseen(Exchange exchange, byte[] body) {
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
