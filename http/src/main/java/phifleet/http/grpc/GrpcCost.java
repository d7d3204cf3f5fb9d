package phifleet.http.grpc;

import io.vertx.core.buffer.Buffer;

/**
 * What a message of a gRPC stream says of the device's time that it took: a field that stands before all others and that the protocol does
 * not know, so that clients pass it over (protobuf.dev/programming-guides/proto3, unknown fields). A stream has no head of an answer that
 * could say it.
 */
public final class GrpcCost {
    /** Its bytes: two of the tag, and the nanoseconds as a `fixed64`. */
    public static final int BYTES = 10;

    /** The field 1000, far from those that the protocol has, of 64 bits. */
    private static final byte[] TAG = {(byte) 0xc1, 0x3e};

    private GrpcCost() {}

    /** The field. */
    public static Buffer field(long deviceNanos) {
        return Buffer.buffer(BYTES).appendBytes(TAG).appendLongLE(Math.max(0, deviceNanos));
    }

    /**
     * The nanoseconds that a message says; 0 where it says nothing.
     *
     * @param from where it begins among the bytes
     * @param length how many of it are here
     */
    static long in(byte[] bytes, int from, int length) {
        if (length < BYTES || bytes[from] != TAG[0] || bytes[from + 1] != TAG[1]) {
            return 0;
        }
        return Math.max(0, Buffer.buffer(bytes).getLongLE(from + TAG.length));
    }
}
