package phifleet.gateway.http.routing;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import phifleet.http.dialect.Dialects;

/**
 * Which model a gRPC call names. Read from the bytes of its message as protobuf writes them
 * (protobuf.dev/programming-guides/encoding): one field is all that a gateway has to know of it.
 */
public final class GrpcModelName {
    private static final int LENGTH_DELIMITED = 2;

    /** The field of a message that names a model, by the protocol's numbers. */
    private static final int FIRST = 1;

    private static final int SECOND = 2;

    private GrpcModelName() {}

    public static boolean isCall(String path) {
        return path.startsWith(Dialects.INFERENCE_SERVICE);
    }

    /**
     * The model that a call names; null where it names none, or is not read so far.
     *
     * @param message its beginning, behind its prefix
     */
    public static @Nullable String in(String path, byte[] message) {
        String method = path.substring(Dialects.INFERENCE_SERVICE.length());
        String name = switch (method) {
            case "ModelInfer", "ModelStreamInfer", "ModelReady", "ModelMetadata", "ModelConfig", "ModelStatistics" ->
                field(FIRST, message);
            case "RepositoryModelLoad", "RepositoryModelUnload" -> field(SECOND, message);
            default -> null;
        };
        return name == null || name.isEmpty() ? null : name;
    }

    /** A string among the fields, which may stand in any order. */
    private static @Nullable String field(int wanted, byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        try {
            while (in.hasRemaining()) {
                long tag = varint(in);
                int type = (int) (tag & 7);
                if (type != LENGTH_DELIMITED) {
                    skip(in, type);
                    continue;
                }
                long length = varint(in);
                if (length < 0 || length > in.remaining()) {
                    return null;
                }
                if (tag >>> 3 == wanted) {
                    return new String(message, in.position(), (int) length, StandardCharsets.UTF_8);
                }
                in.position(in.position() + (int) length);
            }
            return null;
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private static void skip(ByteBuffer in, int type) {
        switch (type) {
            case 0 -> varint(in);
            case 1 -> in.getLong();
            case 5 -> in.getInt();
            // Groups are long gone, and there are no others.
            default -> throw new BufferUnderflowException();
        }
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new BufferUnderflowException();
    }
}
