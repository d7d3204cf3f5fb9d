package phifleet.http.grpc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Inflation;
import phifleet.http.dialect.GrpcProblems;
import phifleet.http.json.Excerpt;

/**
 * Messages in the body of a gRPC call: each behind a byte that says whether it is compressed and its length in four, the
 * greatest first.
 */
public final class GrpcFrames {
    /** Bytes before each message. */
    public static final int PREFIX_BYTES = 5;

    static final String ENCODING = "grpc-encoding";
    private static final CharSequence ACCEPTED = HttpHeaders.createOptimized("grpc-accept-encoding");
    private static final String TAKEN = "identity,gzip,deflate";

    private GrpcFrames() {}

    /** What stands before a message of so many bytes. */
    public static Buffer prefix(int length) {
        return Buffer.buffer(PREFIX_BYTES).appendByte((byte) 0).appendInt(length);
    }

    /** Answers a call of one message, with all that goes before and after it. */
    public static void answer(Exchange exchange, Buffer framed) {
        if (exchange.begin(200)) {
            // The length is said so that whoever stands between can tell half an answer from a whole one.
            head(exchange)
                    .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(framed.length()))
                    .putTrailer(GrpcProblems.STATUS, "0")
                    .end(framed);
            exchange.end(null);
        }
    }

    static io.vertx.core.http.HttpServerResponse head(Exchange exchange) {
        return exchange.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, GrpcProblems.MEDIA_TYPE)
                .putHeader(ACCEPTED, TAKEN);
    }

    /** Whether a body that holds at least a prefix says that its first message is compressed. */
    static boolean isCompressed(byte[] body) {
        return body[0] != 0;
    }

    /** What is wrong with a body that should be one message; null where it is. */
    static @Nullable Problem wrong(byte[] body, int length) {
        if (length < PREFIX_BYTES) {
            return malformed(
                    "has " + length + " bytes, less than the " + PREFIX_BYTES + " that stand before a message");
        }
        long announced = Integer.toUnsignedLong(ByteBuffer.wrap(body).getInt(1));
        if (body[0] != 0 && body[0] != 1) {
            return malformed("begins with a byte that is neither 0 nor 1");
        }
        return announced == length - PREFIX_BYTES
                ? null
                : malformed("has " + (length - PREFIX_BYTES) + " bytes behind the prefix of a message of " + announced
                        + "; it must hold that one message");
    }

    /** The beginning of the first message of a body that has begun, as it was meant; at most so many bytes. */
    public static byte[] beginning(HttpServerRequest request, byte[] body, int most) {
        if (body.length <= PREFIX_BYTES) {
            return new byte[0];
        }
        ByteBuffer message = ByteBuffer.wrap(body, PREFIX_BYTES, body.length - PREFIX_BYTES);
        return Inflation.beginning(isCompressed(body) ? request.getHeader(ENCODING) : null, message, most);
    }

    static Problem malformed(String what) {
        return Problem.badRequest("malformed_body", "the body of the call " + what, null);
    }

    /** Why a compressed message cannot be read, by the call's head; null where it can. */
    static @Nullable Problem unknownEncoding(HttpServerRequest request) {
        String encoding = request.getHeader(ENCODING);
        return encoding != null && Inflation.takes(encoding)
                ? null
                : Problem.of(
                        501,
                        "unsupported_encoding",
                        "a message compressed by `" + ENCODING + ": " + Excerpt.of(String.valueOf(encoding))
                                + "` is not taken, but " + TAKEN,
                        null);
    }
}
