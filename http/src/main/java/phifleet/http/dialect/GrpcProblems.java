package phifleet.http.dialect;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import phifleet.common.Problem;
import phifleet.http.json.JsonOutput;

/**
 * A status and a message in the head, or behind what has gone out already, as gRPC has it over HTTP/2
 * (github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md): for HTTP all is well.
 */
public final class GrpcProblems implements ProblemShape {
    public static final GrpcProblems SHAPE = new GrpcProblems();

    /** The media type of all that is said. */
    public static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized("application/grpc");

    /** The header, or the trailer, that holds a {@link GrpcStatus#number}. */
    public static final CharSequence STATUS = HttpHeaders.createOptimized("grpc-status");

    /** The header, or the trailer, with the words. */
    public static final CharSequence MESSAGE = HttpHeaders.createOptimized("grpc-message");

    private GrpcProblems() {}

    @Override
    public int status(Problem problem) {
        return 200;
    }

    @Override
    public Buffer head(Problem problem, HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        say(problem, response::putHeader);
        return Buffer.buffer();
    }

    @Override
    public boolean trail(Problem problem, HttpServerResponse response) {
        if (response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            return false;
        }
        say(problem, response::putTrailer);
        return true;
    }

    @Override
    public void write(Problem problem, JsonOutput out) {
        throw new IllegalStateException("gRPC says what is wrong in headers");
    }

    private static void say(Problem problem, BiConsumer<CharSequence, CharSequence> fields) {
        fields.accept(STATUS, Integer.toString(GrpcStatus.of(problem).number()));
        fields.accept(MESSAGE, escaped(problem.message()));
    }

    /** Some clients take no more than 8 KiB of all headers together. */
    private static final int MOST_MESSAGE_BYTES = 2048;

    /** Percent-encoded but for what a header may hold as it is. */
    static String escaped(String message) {
        StringBuilder text = new StringBuilder(message.length());
        for (byte unit : message.getBytes(StandardCharsets.UTF_8)) {
            if (text.length() >= MOST_MESSAGE_BYTES) {
                return text.append("...").toString();
            }
            if (unit >= ' ' && unit <= '~' && unit != '%') {
                text.append((char) unit);
            } else {
                text.append(String.format("%%%02X", unit & 0xff));
            }
        }
        return text.toString();
    }
}
