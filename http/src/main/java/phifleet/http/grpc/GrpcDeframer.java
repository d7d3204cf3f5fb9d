package phifleet.http.grpc;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Body;
import phifleet.http.BodyReader;
import phifleet.http.Edge;

/** Takes the messages of a gRPC call out of its body as that comes in. For one event loop. */
final class GrpcDeframer {
    private final Edge edge;
    private final Consumer<GrpcMessage> messages;
    private final byte[] prefix = new byte[GrpcFrames.PREFIX_BYTES];
    private int prefixed;
    private int length;
    private @Nullable Body coming;
    private long since;

    /**
     * A deframer.
     *
     * @param messages gets each, to be closed
     */
    GrpcDeframer(Edge edge, Consumer<GrpcMessage> messages) {
        this.edge = edge;
        this.messages = messages;
    }

    /** Takes the next bytes; why no more can be taken, or null. */
    @Nullable
    Problem take(Buffer chunk) {
        int at = 0;
        while (at < chunk.length()) {
            if (prefixed < prefix.length) {
                if (prefixed == 0) {
                    since = System.nanoTime();
                }
                prefix[prefixed++] = chunk.getByte(at++);
            } else {
                int taken = Math.min(length - body().length(), chunk.length() - at);
                if (!body().add(chunk.slice(at, at + taken))) {
                    return BodyReader.full();
                }
                at += taken;
            }
            if (prefixed == prefix.length) {
                Problem wrong = coming == null ? begin() : null;
                if (wrong != null) {
                    return wrong;
                }
                if (body().length() == length) {
                    finish();
                }
            }
        }
        return null;
    }

    private Body body() {
        return Objects.requireNonNull(coming);
    }

    private @Nullable Problem begin() {
        long limit = GrpcPost.limit(edge);
        long announced = Integer.toUnsignedLong(ByteBuffer.wrap(prefix).getInt(1));
        if (prefix[0] != 0 && prefix[0] != 1) {
            return GrpcFrames.malformed("has a message that begins with a byte that is neither 0 nor 1");
        }
        if (announced > limit) {
            return BodyReader.tooLarge("a message of " + announced + " bytes", limit);
        }
        length = (int) announced;
        coming = new Body(edge.budget(), announced);
        return null;
    }

    private void finish() {
        GrpcMessage message = GrpcMessage.bare(body(), prefix[0] != 0);
        coming = null;
        prefixed = 0;
        messages.accept(message);
    }

    /** No more comes; what is wrong with that, or null. */
    @Nullable
    Problem end() {
        return prefixed == 0 ? null : GrpcFrames.malformed("ends within a message");
    }

    /** Whether the end of a message has been waited for so long. */
    boolean waitsSince(Duration time) {
        return prefixed > 0 && System.nanoTime() - since >= time.toNanos();
    }

    /** What could not come while nothing was read is not its fault. */
    void excuse() {
        since = System.nanoTime();
    }

    void close() {
        if (coming != null) {
            coming.release();
        }
        coming = null;
        prefixed = 0;
    }
}
