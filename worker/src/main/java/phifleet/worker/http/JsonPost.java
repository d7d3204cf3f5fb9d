package phifleet.worker.http;

import java.util.concurrent.atomic.AtomicLong;
import phifleet.common.Problem;

/**
 * An endpoint that takes a JSON body. Small bodies are parsed and tokenised where they arrive, on the event loop; larger ones
 * on a pool, so that they never hold up the others.
 */
final class JsonPost implements Endpoint {
    /** Some 30 sentences of 50 µs each: what an event loop may spend on one request. */
    static final int INLINE_BYTES = 4096;

    private final Preparation preparation;
    private final int inlineBytes;
    private final WorkPool pool;
    private final AtomicLong memory;

    /** From a body to what is to be done with it: parsing, checking, tokenising, judging. Thread-safe. */
    @FunctionalInterface
    interface Preparation {
        /** Runs on the event loop or on the pool, and does not wait. Of the exchange it may only read. */
        Reply prepare(Exchange exchange, byte[] body);
    }

    /**
     * Makes the endpoint.
     *
     * @param inlineBytes the largest body that is prepared on the event loop; -1 for none
     */
    JsonPost(Preparation preparation, int inlineBytes, WorkPool pool, AtomicLong memory) {
        this.preparation = preparation;
        this.inlineBytes = inlineBytes;
        this.pool = pool;
        this.memory = memory;
    }

    @Override
    public void handle(Exchange exchange) {
        Problem media = MediaTypes.refuseOther(exchange.request());
        if (media != null) {
            exchange.refuse(media);
            return;
        }
        BodyReader.read(exchange, memory, body -> {
            if (body.bytes().length <= inlineBytes) {
                exchange.run(() -> prepare(exchange, body).send(exchange));
            } else {
                dispatch(exchange, body);
            }
        });
    }

    private void dispatch(Exchange exchange, Body body) {
        if (!pool.offer(exchange, () -> prepare(exchange, body))) {
            body.release();
            exchange.refuse(Problems.busy("too many requests wait to be worked on"));
        }
    }

    private Reply prepare(Exchange exchange, Body body) {
        try {
            return exchange.isOver() ? over -> {} : preparation.prepare(exchange, body.bytes());
        } finally {
            body.release();
        }
    }
}
