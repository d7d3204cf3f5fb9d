package phifleet.http.endpoint;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Body;
import phifleet.http.BodyReader;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Inflation;
import phifleet.http.MediaTypes;
import phifleet.http.Urgency;
import phifleet.http.dialect.Dialects;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.Problems;

/**
 * An endpoint that takes a whole body and needs time to understand it. Small bodies are prepared where they arrive, on the event
 * loop; larger ones, and what has to be inflated, on a pool, so that they never hold up the others.
 */
public final class BodyPost implements Endpoint {
    private final Media media;
    private final Preparation preparation;
    private final int inlineBytes;
    private final WorkPool pool;

    /** From a body to what is to be done with it: parsing, checking, tokenising, decoding, judging. Thread-safe. */
    @FunctionalInterface
    public interface Preparation {
        /**
         * Runs on the event loop or on the pool, and does not wait. Of the exchange it may only read.
         *
         * @param body inflated; not to be kept
         */
        Reply prepare(Exchange exchange, byte[] body);
    }

    /** Which bodies are taken. */
    @FunctionalInterface
    public interface Media {
        /** JSON in UTF-8. */
        Media JSON = MediaTypes::refuseOther;

        /** All that can be inflated: the preparation looks at the type. */
        Media ANY = MediaTypes::refuseEncoding;

        /** Why the body is none that can be read, by the request's head; null where it can. */
        @Nullable
        Problem refuse(Exchange exchange);
    }

    /**
     * Makes the endpoint.
     *
     * @param inlineBytes the largest body that is prepared on the event loop; -1 for none
     */
    public BodyPost(Media media, Preparation preparation, int inlineBytes, WorkPool pool) {
        this.media = media;
        this.preparation = preparation;
        this.inlineBytes = inlineBytes;
        this.pool = pool;
    }

    @Override
    public void handle(Exchange exchange) {
        Problem unfit = media.refuse(exchange);
        if (unfit != null) {
            exchange.refuse(unfit);
            return;
        }
        long limit = Math.min(
                exchange.edge().settings().maxBodyBytes(),
                exchange.edge().budget().largest());
        BodyReader.readWhole(exchange, limit, body -> received(exchange, body, limit));
    }

    private void received(Exchange exchange, Body body, long limit) {
        if (exchange.urgency() instanceof Urgency.Reading.Wrong(Problem problem)) {
            ProblemShape shape = Dialects.of(exchange.route().path(), body.bytes(), body.length());
            body.release();
            exchange.refuse(problem, shape);
        } else {
            work(exchange, body, limit);
        }
    }

    private void work(Exchange exchange, Body body, long limit) {
        if (body.length() <= inlineBytes && !Inflation.isNeeded(exchange.request())) {
            exchange.run(() -> prepare(exchange, body, limit).send(exchange));
        } else if (!pool.offer(exchange, () -> prepare(exchange, body, limit))) {
            body.release();
            exchange.refuse(Problems.busy("too many requests wait to be worked on"));
        }
    }

    private Reply prepare(Exchange exchange, Body body, long limit) {
        @Nullable Body plain = null;
        boolean kept = false;
        try {
            if (exchange.isOver()) {
                return over -> {};
            }
            if (!Inflation.isNeeded(exchange.request())) {
                Reply reply = preparation.prepare(exchange, body.bytes());
                kept = reply instanceof Reply.Further || reply instanceof Reply.Awaiting;
                return kept ? holding(reply, body, null, limit) : reply;
            }
            switch (Inflation.inflate(exchange, body, limit)) {
                case Inflation.Result.Plain(Body inflated) -> plain = inflated;
                case Inflation.Result.Wrong(Problem problem) -> {
                    return new Reply.Refused(problem, exchange.route().problems());
                }
            }
            Reply reply = preparation.prepare(exchange, plain.bytes());
            kept = reply instanceof Reply.Further || reply instanceof Reply.Awaiting;
            return kept ? holding(reply, body, plain, limit) : reply;
        } finally {
            if (!kept) {
                release(body, plain);
            }
        }
    }

    /** The same, with the body held for as long as it takes. */
    private Reply holding(Reply reply, Body body, @Nullable Body plain, long limit) {
        if (reply instanceof Reply.Awaiting awaiting) {
            if (plain != null) {
                plain.release();
            }
            return exchange ->
                    Waiting.start(exchange, awaiting, () -> work(exchange, body, limit), () -> release(body, null));
        }
        return reply instanceof Reply.Further further ? holding(further, body, plain) : reply;
    }

    /** @param plain the body inflated; null where it came as it was meant */
    private static Reply holding(Reply.Further further, Body body, @Nullable Body plain) {
        return exchange -> {
            Supplier<Reply> work = () -> {
                try {
                    return exchange.isOver() ? over -> {} : further.work().get();
                } finally {
                    release(body, plain);
                }
            };
            if (!further.pool().offer(exchange, work)) {
                release(body, plain);
                exchange.refuse(Problems.busy("too many requests wait to be worked on"));
            }
        };
    }

    private static void release(Body body, @Nullable Body plain) {
        body.release();
        if (plain != null) {
            plain.release();
        }
    }
}
