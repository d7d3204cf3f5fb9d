package phifleet.gateway.http.proxy;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.grpc.GrpcPassage;

/**
 * What a gRPC stream counts for with its caller: each message that comes is a request, the first being that of the call itself, and each
 * answer says what it took of the device. For one event loop.
 */
final class StreamToll {
    private final Exchange exchange;
    private final GrpcPassage questions = new GrpcPassage(nothing -> asked());
    private final GrpcPassage answers;
    private boolean begun;
    private @Nullable Problem refusal;

    StreamToll(Exchange exchange) {
        this.exchange = exchange;
        this.answers = new GrpcPassage(exchange::took);
    }

    private void asked() {
        if (begun && refusal == null) {
            refusal = exchange.askedAgain();
        }
        begun = true;
    }

    /** Bytes of the caller's are about to go on; why they may not, or null. */
    @Nullable
    Problem asks(Buffer bytes) {
        questions.pass(bytes);
        return refusal;
    }

    /** Bytes of the worker's are about to go on. */
    void answers(Buffer bytes) {
        answers.pass(bytes);
    }
}
