package phifleet.inference.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Walks the fields of one protobuf message in its wire form [1], without copying.
 *
 * <p>[1] Protocol Buffers, "Encoding": a field is a tag (number, wire type), then a varint, 8 bytes, a length and that many
 * bytes, or 4 bytes.
 */
public final class ProtoReader {
    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int LENGTH_DELIMITED = 2;
    public static final int FIXED32 = 5;

    private final ByteBuffer message;
    private int fieldStart;
    private int number;
    private int wireType;
    private long varint;
    private int fixed32;
    private ByteBuffer payload = ByteBuffer.allocate(0);

    public ProtoReader(ByteBuffer message) {
        this.message = message.slice();
    }

    /**
     * Moves to the next field; false at the end.
     *
     * @throws IllegalArgumentException where the bytes are no message
     */
    public boolean next() {
        if (!message.hasRemaining()) {
            return false;
        }
        fieldStart = message.position();
        long tag = readVarint();
        number = (int) (tag >>> 3);
        wireType = (int) tag & 7;
        switch (wireType) {
            case VARINT -> varint = readVarint();
            case FIXED64 -> skip(Long.BYTES);
            case FIXED32 -> {
                int start = message.position();
                skip(Integer.BYTES);
                fixed32 = message.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(start);
            }
            case LENGTH_DELIMITED -> {
                long length = readVarint();
                if (length < 0 || length > message.remaining()) {
                    throw cutShort();
                }
                payload = message.slice(message.position(), (int) length);
                skip((int) length);
            }
            default -> throw new IllegalArgumentException("not a protobuf message: wire type " + wireType);
        }
        return true;
    }

    public int number() {
        return number;
    }

    public long varint() {
        return varint;
    }

    public boolean isFixed32() {
        return wireType == FIXED32;
    }

    /** The four bytes of a field of that size. */
    public int fixed32() {
        return fixed32;
    }

    /** The bytes of a length-delimited field. */
    public ByteBuffer payload() {
        return payload.duplicate();
    }

    public String text() {
        return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    /** Adds the numbers of a repeated field, which come one a field or all of them in one. */
    public void addLongs(List<Long> numbers) {
        if (wireType == VARINT) {
            numbers.add(varint);
            return;
        }
        ProtoReader packed = new ProtoReader(payload);
        while (packed.message.hasRemaining()) {
            numbers.add(packed.readVarint());
        }
    }

    /** The whole field, tag included. */
    public ByteBuffer field() {
        return message.slice(fieldStart, message.position() - fieldStart);
    }

    private long readVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (!message.hasRemaining()) {
                throw cutShort();
            }
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("not a protobuf message: a number of more than 10 bytes");
    }

    private void skip(int bytes) {
        if (bytes > message.remaining()) {
            throw cutShort();
        }
        message.position(message.position() + bytes);
    }

    private static IllegalArgumentException cutShort() {
        return new IllegalArgumentException("not a protobuf message, or cut short: a field reaches past its end");
    }
}
