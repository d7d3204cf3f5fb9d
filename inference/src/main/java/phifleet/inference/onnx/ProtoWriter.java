package phifleet.inference.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds one small protobuf message in its wire form. */
public final class ProtoWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public ProtoWriter varint(int number, long value) {
        writeVarint(((long) number << 3) | ProtoReader.VARINT);
        writeVarint(value);
        return this;
    }

    public ProtoWriter fixed32(int number, int value) {
        writeVarint(((long) number << 3) | ProtoReader.FIXED32);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes.write(value >>> shift);
        }
        return this;
    }

    public ProtoWriter text(int number, String value) {
        return bytes(number, value.getBytes(StandardCharsets.UTF_8));
    }

    public ProtoWriter message(int number, ProtoWriter value) {
        return bytes(number, value.toByteArray());
    }

    public ProtoWriter bytes(int number, byte[] value) {
        header(number, value.length);
        bytes.writeBytes(value);
        return this;
    }

    /** Only the tag and the length of a field; whoever calls writes the bytes. */
    public ProtoWriter header(int number, long length) {
        writeVarint(((long) number << 3) | ProtoReader.LENGTH_DELIMITED);
        writeVarint(length);
        return this;
    }

    /** A field as it is encoded elsewhere. */
    public ProtoWriter field(ByteBuffer encoded) {
        byte[] copy = new byte[encoded.remaining()];
        encoded.duplicate().get(copy);
        bytes.writeBytes(copy);
        return this;
    }

    public byte[] toByteArray() {
        return bytes.toByteArray();
    }

    private void writeVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
