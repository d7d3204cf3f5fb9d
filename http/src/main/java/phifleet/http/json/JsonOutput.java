package phifleet.http.json;

import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as UTF-8 bytes, written front to back with no tree and no strings in between. Commas come of themselves: each value and
 * each member's name has one before it where another value stands before that. Not thread-safe.
 */
public final class JsonOutput {
    public static final CharSequence MEDIA_TYPE = AsciiString.cached("application/json");

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    /** Of a whole number of 63 bits. */
    private static final int MOST_DIGITS = 19;

    private byte[] bytes;
    private int size;

    /** Whether a value was written last, on this level. */
    private boolean behindValue;

    public JsonOutput(int capacity) {
        bytes = new byte[Math.max(capacity, 64)];
    }

    public int size() {
        return size;
    }

    public JsonOutput beginObject() {
        return open('{');
    }

    public JsonOutput endObject() {
        return close('}');
    }

    public JsonOutput beginList() {
        return open('[');
    }

    public JsonOutput endList() {
        return close(']');
    }

    /** The name of an object's next member; the value follows. The name is ASCII and needs no escape. */
    public JsonOutput member(String name) {
        separate();
        raw('"').raw(name).raw("\":");
        behindValue = false;
        return this;
    }

    /** {@link #member} with a name that somebody else chose. */
    public JsonOutput anyMember(String name) {
        separate();
        quoted(name).raw(':');
        behindValue = false;
        return this;
    }

    /** Ends a value that has a line of its own. */
    public JsonOutput endLine() {
        behindValue = false;
        return raw('\n');
    }

    /** Strings, as a list. */
    public JsonOutput strings(Iterable<String> values) {
        beginList();
        for (String value : values) {
            string(value);
        }
        return endList();
    }

    /** Whole numbers, as a list. */
    public JsonOutput integers(Iterable<Integer> values) {
        beginList();
        for (int value : values) {
            number(value);
        }
        return endList();
    }

    /** Strings by their names, as an object. */
    public JsonOutput texts(Map<String, String> values) {
        beginObject();
        values.forEach((name, value) -> anyMember(name).string(value));
        return endObject();
    }

    public JsonOutput flag(boolean value) {
        return literal(value ? "true" : "false");
    }

    public JsonOutput none() {
        return literal("null");
    }

    public JsonOutput number(long value) {
        return value < 0 ? literal(Long.toString(value)) : digits(value);
    }

    /** Of a whole number that is not negative, without a string in between. */
    private JsonOutput digits(long value) {
        separate();
        reserve(MOST_DIGITS);
        int end = size + 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            end++;
        }
        long rest = value;
        for (int at = end - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size = end;
        return this;
    }

    /** A whole number of 64 bits without a sign. */
    public JsonOutput unsigned(long value) {
        return literal(Long.toUnsignedString(value));
    }

    /** The shortest decimal that reads back as the same double; null for what is no number, which JSON can not say. */
    public JsonOutput number(double value) {
        return literal(Double.isFinite(value) ? Double.toString(value) : "null");
    }

    /** A string, or null. */
    public JsonOutput optional(@Nullable String text) {
        return text == null ? none() : string(text);
    }

    /** A whole number, or null. */
    public JsonOutput optional(@Nullable Integer value) {
        return value == null ? none() : number(value);
    }

    /** {@code true}, {@code false}, or null. */
    public JsonOutput optional(@Nullable Boolean value) {
        return value == null ? none() : flag(value);
    }

    /** Milliseconds with three decimals. */
    public JsonOutput millis(long nanos) {
        long micros = nanos / 1000;
        number(micros / 1000).raw('.');
        long rest = micros % 1000;
        return raw((char) ('0' + rest / 100)).raw((char) ('0' + rest / 10 % 10)).raw((char) ('0' + rest % 10));
    }

    /** The shortest decimal that reads back as the same float. */
    public JsonOutput number(float value) {
        separate();
        reserve(FloatDecimal.MAX_LENGTH);
        size = FloatDecimal.write(value, bytes, size);
        return this;
    }

    /** Finite numbers only: JSON has no others. */
    public JsonOutput numbers(float[] values) {
        separate();
        reserve((FloatDecimal.MAX_LENGTH + 1) * values.length + 2);
        byte[] to = bytes;
        int at = size;
        to[at++] = '[';
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                to[at++] = ',';
            }
            at = FloatDecimal.write(values[i], to, at);
        }
        to[at++] = ']';
        size = at;
        return this;
    }

    /** A string of base64 over the little-endian bytes of the floats. */
    public JsonOutput base64(float[] values) {
        byte[] raw = new byte[values.length * Float.BYTES];
        for (int i = 0; i < values.length; i++) {
            LITTLE_ENDIAN.set(raw, i * Float.BYTES, values[i]);
        }
        return base64(raw);
    }

    /** A string of base64 over bytes. */
    public JsonOutput base64(byte[] raw) {
        // The JDK's encoder runs on vector instructions, but only into an array of its own.
        byte[] encoded = Base64.getEncoder().encode(raw);
        separate();
        reserve(encoded.length + 2);
        bytes[size++] = '"';
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        bytes[size++] = '"';
        return this;
    }

    /** A quoted and escaped string. A lone surrogate becomes a question mark. */
    public JsonOutput string(String text) {
        separate();
        return quoted(text);
    }

    /** Hands the bytes over; this output is empty afterwards and starts a new array. */
    public Buffer take() {
        Buffer buffer = BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, 0, size));
        bytes = new byte[bytes.length];
        size = 0;
        return buffer;
    }

    /** Hands the bytes over for good. */
    public Buffer takeLast() {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, 0, size));
    }

    private JsonOutput open(char bracket) {
        separate();
        behindValue = false;
        return raw(bracket);
    }

    private JsonOutput close(char bracket) {
        behindValue = true;
        return raw(bracket);
    }

    private JsonOutput literal(String ascii) {
        separate();
        return raw(ascii);
    }

    /** Before a value or a member's name. */
    private void separate() {
        if (behindValue) {
            raw(',');
        }
        behindValue = true;
    }

    private JsonOutput raw(String ascii) {
        int length = ascii.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    private JsonOutput raw(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    private JsonOutput quoted(String text) {
        int length = text.length();
        // Six bytes a unit is the longest escape; in steps, so that long texts do not reserve sixfold.
        raw('"');
        for (int i = 0; i < length; i++) {
            reserve(6);
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = (byte) c;
            } else if (c < 0x20 || c == 0x7f) {
                control(c);
            } else if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                codePoint(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                codePoint(Character.isSurrogate(c) ? '?' : c);
            }
        }
        return raw('"');
    }

    private void control(char c) {
        bytes[size++] = '\\';
        switch (c) {
            case '\n' -> bytes[size++] = 'n';
            case '\r' -> bytes[size++] = 'r';
            case '\t' -> bytes[size++] = 't';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[c >> 4];
                bytes[size++] = HEX[c & 15];
            }
        }
    }

    private void codePoint(int value) {
        if (value < 0x80) {
            bytes[size++] = (byte) value;
        } else if (value < 0x800) {
            bytes[size++] = (byte) (0xc0 | (value >> 6));
            bytes[size++] = (byte) (0x80 | (value & 63));
        } else if (value < 0x10000) {
            bytes[size++] = (byte) (0xe0 | (value >> 12));
            bytes[size++] = (byte) (0x80 | (value >> 6 & 63));
            bytes[size++] = (byte) (0x80 | (value & 63));
        } else {
            bytes[size++] = (byte) (0xf0 | (value >> 18));
            bytes[size++] = (byte) (0x80 | (value >> 12 & 63));
            bytes[size++] = (byte) (0x80 | (value >> 6 & 63));
            bytes[size++] = (byte) (0x80 | (value & 63));
        }
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
