package phifleet.http.grpc;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Body;
import phifleet.http.BodyReader;
import phifleet.http.Edge;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Urgency;
import phifleet.http.dialect.GrpcProblems;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.endpoint.Waiting;
import phifleet.http.endpoint.WorkPool;

/**
 * An endpoint that takes a gRPC call of one message. Small ones are prepared where they arrive, on the event loop; larger ones,
 * and what has to be inflated, on a pool, as {@link BodyPost} does.
 */
public final class GrpcPost implements Endpoint {
    private final Preparation preparation;
    private final int inlineBytes;
    private final WorkPool pool;

    /** From a message to what is to be done with it. Thread-safe. */
    @FunctionalInterface
    public interface Preparation {
        /**
         * Runs on the event loop or on the pool, and does not wait. Of the exchange it may only read.
         *
         * @param message inflated, in an array; not to be kept
         */
        Reply prepareCall(Exchange exchange, ByteBuffer message);
    }

    /**
     * Makes the endpoint.
     *
     * @param inlineBytes the largest message that is prepared on the event loop
     */
    public GrpcPost(Preparation preparation, int inlineBytes, WorkPool pool) {
        this.preparation = preparation;
        this.inlineBytes = inlineBytes;
        this.pool = pool;
    }

    @Override
    public void handle(Exchange exchange) {
        long limit = limit(exchange.edge());
        BodyReader.readWhole(exchange, limit + GrpcFrames.PREFIX_BYTES, body -> received(exchange, body, limit));
    }

    /** The longest message that is taken, in bytes. */
    static long limit(Edge edge) {
        return Math.min(edge.settings().maxBodyBytes(), edge.budget().largest());
    }

    private void received(Exchange exchange, Body body, long limit) {
        Problem wrong = wrong(exchange, body);
        if (wrong != null) {
            body.release();
            exchange.refuse(wrong);
        } else {
            work(exchange, GrpcMessage.framed(body), limit);
        }
    }

    private void work(Exchange exchange, GrpcMessage message, long limit) {
        if (message.length() <= inlineBytes && !message.isCompressed()) {
            exchange.run(() -> prepare(exchange, message, limit).send(exchange));
        } else if (!pool.offer(exchange, () -> prepare(exchange, message, limit))) {
            message.close();
            exchange.refuse(Problems.busy("too many requests wait to be worked on"));
        }
    }

    private static @Nullable Problem wrong(Exchange exchange, Body body) {
        return exchange.urgency() instanceof Urgency.Reading.Wrong(Problem problem)
                ? problem
                : GrpcFrames.wrong(body.array(), body.length());
    }

    private Reply prepare(Exchange exchange, GrpcMessage message, long limit) {
        boolean kept = false;
        try {
            if (exchange.isOver()) {
                return over -> {};
            }
            Problem wrong = message.inflate(exchange, limit);
            if (wrong != null) {
                return new Reply.Refused(wrong, GrpcProblems.SHAPE);
            }
            Reply reply = preparation.prepareCall(exchange, message.bytes());
            if (reply instanceof Reply.Awaiting awaiting) {
                kept = true;
                return asked -> Waiting.start(asked, awaiting, () -> work(asked, message, limit), message::close);
            }
            return reply;
        } finally {
            if (!kept) {
                message.close();
            }
        }
    }
}
