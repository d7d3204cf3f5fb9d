package phifleet.http.grpc;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;

/** Follows the messages of a gRPC call in one direction as its bytes pass, without holding them. For one event loop. */
public final class GrpcPassage {
    private static final long UNKNOWN = -1;

    private final Listener listener;
    private final byte[] head = new byte[GrpcFrames.PREFIX_BYTES + GrpcCost.BYTES];
    private int had;

    /** Bytes of the message that have not passed. */
    private long left = UNKNOWN;

    /** Hears of messages. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A message has begun.
         *
         * @param deviceNanos what it says that it took; 0 where it says nothing
         */
        void begun(long deviceNanos);
    }

    public GrpcPassage(Listener listener) {
        this.listener = listener;
    }

    /** Some bytes pass, be they parts of a message or many. */
    public void pass(Buffer chunk) {
        int at = 0;
        while (at < chunk.length()) {
            at += left == UNKNOWN ? prefix(chunk, at) : message(chunk, at);
            if (left == 0) {
                had = 0;
                left = UNKNOWN;
            }
        }
    }

    private int prefix(Buffer chunk, int at) {
        int taken = keep(chunk, at, GrpcFrames.PREFIX_BYTES - had);
        if (had == GrpcFrames.PREFIX_BYTES) {
            left = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt(1));
            if (left == 0) {
                tell();
            }
        }
        return taken;
    }

    private int message(Buffer chunk, int at) {
        int room = head.length - had;
        if (room == 0) {
            int passed = (int) Math.min(left, chunk.length() - at);
            left -= passed;
            return passed;
        }
        int taken = keep(chunk, at, (int) Math.min(room, left));
        left -= taken;
        if (left == 0 || taken == room) {
            tell();
        }
        return taken;
    }

    private int keep(Buffer chunk, int at, int most) {
        int taken = Math.min(most, chunk.length() - at);
        chunk.getBytes(at, at + taken, head, had);
        had += taken;
        return taken;
    }

    private void tell() {
        listener.begun(GrpcCost.in(head, GrpcFrames.PREFIX_BYTES, had - GrpcFrames.PREFIX_BYTES));
    }
}
