package phifleet.http.grpc;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Body;
import phifleet.http.Exchange;
import phifleet.http.Inflation;

/** A message that has come in, and the memory that it holds until it is closed. For one thread at a time. */
final class GrpcMessage implements AutoCloseable {
    private Body body;
    private int offset;
    private boolean compressed;

    private GrpcMessage(Body body, int offset, boolean compressed) {
        this.body = body;
        this.offset = offset;
        this.compressed = compressed;
    }

    /** The message of a body that is one, behind its prefix. */
    static GrpcMessage framed(Body body) {
        return new GrpcMessage(body, GrpcFrames.PREFIX_BYTES, GrpcFrames.isCompressed(body.array()));
    }

    /** A message whose prefix was taken off. */
    static GrpcMessage bare(Body body, boolean compressed) {
        return new GrpcMessage(body, 0, compressed);
    }

    int length() {
        return body.length() - offset;
    }

    boolean isCompressed() {
        return compressed;
    }

    /** Makes it what it was meant to be; not for an event loop where it is compressed. Why it cannot, or null. */
    @Nullable
    Problem inflate(Exchange exchange, long limit) {
        if (!compressed) {
            return null;
        }
        Problem unknown = GrpcFrames.unknownEncoding(exchange.request());
        if (unknown != null) {
            return unknown;
        }
        String encoding = exchange.request().getHeader(GrpcFrames.ENCODING);
        ByteBuffer packed = bytes();
        return switch (Inflation.inflate(exchange.edge().budget(), encoding, GrpcFrames.ENCODING, packed, limit)) {
            case Inflation.Result.Wrong(Problem problem) -> problem;
            case Inflation.Result.Plain(Body plain) -> {
                body.release();
                body = plain;
                offset = 0;
                compressed = false;
                yield null;
            }
        };
    }

    /** In an array; not to be kept. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(body.array(), offset, length());
    }

    @Override
    public void close() {
        body.release();
    }
}
