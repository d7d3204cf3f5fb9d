package phifleet.inference.vision.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A file in memory, read by position. What lies past its end belongs to a file that was cut short. */
final class Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;

    private final byte[] data;

    Bytes(byte[] data) {
        this.data = data;
    }

    byte[] data() {
        return data;
    }

    int length() {
        return data.length;
    }

    /** @throws ImageException if fewer than {@code count} bytes are left at {@code at}; {@code what} is the part that they are */
    void require(long at, long count, String what) throws ImageException {
        if (at < 0 || count < 0 || at + count > data.length) {
            throw ImageException.broken("the file is cut short: it ends at byte " + data.length + ", within " + what
                    + ", which takes bytes " + at + " to " + (at + count));
        }
    }

    /** Where a byte of that value comes first from there on; the length where there is none. Eight bytes are looked at at once. */
    int next(int value, int from) {
        long pattern = value * ONES;
        int at = from;
        for (; at + Long.BYTES <= data.length; at += Long.BYTES) {
            long unlike = (long) LONGS.get(data, at) ^ pattern;
            if (((unlike - ONES) & ~unlike & (ONES << 7)) != 0) {
                break;
            }
        }
        while (at < data.length && u8(at) != value) {
            at++;
        }
        return at;
    }

    int u8(int at) {
        return data[at] & 0xFF;
    }

    int u16(int at) {
        return (u8(at) << 8) | u8(at + 1);
    }

    int u16le(int at) {
        return (u8(at + 1) << 8) | u8(at);
    }

    int u24le(int at) {
        return (u8(at + 2) << 16) | u16le(at);
    }

    long u32(int at) {
        return ((long) u16(at) << 16) | u16(at + 2);
    }

    long u32le(int at) {
        return ((long) u16le(at + 2) << 16) | u16le(at);
    }

    /** Of 0 to 8 bytes; what has the highest of 64 bits is negative. */
    long number(int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = (value << 8) | u8(at + i);
        }
        return value;
    }

    boolean has(int at, String ascii) {
        if (at + ascii.length() > data.length) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (u8(at + i) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean has(int at, int... bytes) {
        if (at + bytes.length > data.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (u8(at + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
