package phifleet.inference.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Elements in row-major order with a shape. What {@link #rows} gives shares its memory. The elements lie in the machine's byte
 * order, which on every machine that the fleet runs on is little-endian. Memory of {@link TensorMemory} is given back by
 * {@link #release}, each part's too.
 */
public final class Tensor {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ElementType type;
    private final List<Long> shape;
    private final ByteBuffer data;
    private final List<String> strings;
    private final TensorMemory.@Nullable Share share;
    private final AtomicBoolean released = new AtomicBoolean();

    private Tensor(
            ElementType type,
            List<Long> shape,
            ByteBuffer data,
            List<String> strings,
            TensorMemory.@Nullable Share share) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.data = data;
        this.strings = strings;
        this.share = share;
    }

    /**
     * A tensor of anything but strings.
     *
     * @param data from its position to its limit, not copied; outside of the heap an engine can read it in place
     * @throws IllegalArgumentException if the shape wants another number of bytes
     */
    public static Tensor of(ElementType type, List<Long> shape, ByteBuffer data) {
        return of(type, shape, data, null);
    }

    /** @param share of the memory that the data lie in, which this tensor has entered; null for memory of its own */
    static Tensor of(ElementType type, List<Long> shape, ByteBuffer data, TensorMemory.@Nullable Share share) {
        long wanted = Math.multiplyExact(count(shape), type.bytes());
        if (type == ElementType.STRING || data.remaining() != wanted) {
            throw new IllegalArgumentException(
                    type + " of shape " + shape + " wants " + wanted + " bytes, not " + data.remaining());
        }
        return new Tensor(type, shape, data.slice().order(ByteOrder.nativeOrder()), List.of(), share);
    }

    /** A copy outside of the heap. */
    public static Tensor of(List<Long> shape, float... values) {
        ByteBuffer data = allocate(ElementType.FP32, shape);
        data.asFloatBuffer().put(values);
        return of(ElementType.FP32, shape, data);
    }

    /** A copy outside of the heap. */
    public static Tensor of(List<Long> shape, long... values) {
        ByteBuffer data = allocate(ElementType.INT64, shape);
        data.asLongBuffer().put(values);
        return of(ElementType.INT64, shape, data);
    }

    public static Tensor ofStrings(List<Long> shape, List<String> values) {
        if (values.size() != count(shape)) {
            throw new IllegalArgumentException(
                    "strings of shape " + shape + " are " + count(shape) + ", not " + values.size());
        }
        return new Tensor(ElementType.STRING, shape, NOTHING, List.copyOf(values), null);
    }

    /** The same elements in memory of its own, outside of the heap. */
    Tensor copy() {
        if (type == ElementType.STRING) {
            return ofStrings(shape, strings);
        }
        return of(type, shape, allocate(type, shape).put(data()).flip());
    }

    /** What the elements take; a string takes its characters, two bytes each. */
    long bytes() {
        return type == ElementType.STRING
                ? strings.stream().mapToLong(String::length).sum() * Character.BYTES
                : size() * type.bytes();
    }

    /** Memory outside of the heap, all 0, of the size that a tensor wants. */
    public static ByteBuffer allocate(ElementType type, List<Long> shape) {
        return ByteBuffer.allocateDirect(bytes(type, shape)).order(ByteOrder.nativeOrder());
    }

    /** @throws ArithmeticException for more than can be */
    static int bytes(ElementType type, List<Long> shape) {
        return Math.toIntExact(Math.multiplyExact(count(shape), type.bytes()));
    }

    public ElementType type() {
        return type;
    }

    /** Sizes of the axes; none for a single element. */
    public List<Long> shape() {
        return shape;
    }

    /** How many elements it has. */
    public long size() {
        return count(shape);
    }

    /**
     * The elements, with a position of the caller's own; empty for strings.
     *
     * @throws IllegalStateException once it was released
     */
    public ByteBuffer data() {
        if (released.get()) {
            throw new IllegalStateException("a tensor that was released has no elements");
        }
        return data.duplicate().order(ByteOrder.nativeOrder());
    }

    /** The elements of {@link ElementType#FP32}. */
    public FloatBuffer floats() {
        require(ElementType.FP32);
        return data().asFloatBuffer();
    }

    /** The elements of {@link ElementType#INT64}. */
    public LongBuffer longs() {
        require(ElementType.INT64);
        return data().asLongBuffer();
    }

    /** The elements of {@link ElementType#STRING}. */
    public List<String> strings() {
        require(ElementType.STRING);
        return strings;
    }

    /**
     * One element as a 64-bit float, by its place among all. Integers beyond 53 bits are rounded.
     *
     * @throws IllegalArgumentException for strings
     */
    public double number(int place) {
        return switch (type) {
            case FP32 -> data.getFloat(place * Float.BYTES);
            case FP64 -> data.getDouble(place * Double.BYTES);
            case FP16 -> Float.float16ToFloat(data.getShort(place * Short.BYTES));
            case BF16 -> Float.intBitsToFloat(data.getShort(place * Short.BYTES) << 16);
            case INT8 -> data.get(place);
            case UINT8, BOOL -> data.get(place) & 0xff;
            case INT16 -> data.getShort(place * Short.BYTES);
            case UINT16 -> data.getShort(place * Short.BYTES) & 0xffff;
            case INT32 -> data.getInt(place * Integer.BYTES);
            case UINT32 -> Integer.toUnsignedLong(data.getInt(place * Integer.BYTES));
            case INT64 -> data.getLong(place * Long.BYTES);
            case UINT64 -> unsigned(data.getLong(place * Long.BYTES));
            case STRING -> throw new IllegalArgumentException("strings are no numbers");
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
    }

    /** A part along the first axis, in the same memory. */
    public Tensor rows(int from, int to) {
        if (shape.isEmpty() || from < 0 || from > to || to > shape.getFirst()) {
            throw new IndexOutOfBoundsException("rows " + from + " to " + to + " of shape " + shape);
        }
        List<Long> part = new ArrayList<>(shape);
        part.set(0, (long) to - from);
        int width = Math.toIntExact(count(shape.subList(1, shape.size())));
        if (type == ElementType.STRING) {
            return new Tensor(type, part, NOTHING, strings.subList(from * width, to * width), null);
        }
        int bytes = width * type.bytes();
        ByteBuffer piece = data().slice(from * bytes, (to - from) * bytes);
        if (share != null) {
            share.enter();
        }
        return of(type, part, piece, share);
    }

    /**
     * Nobody reads this tensor any more, and its memory may be another's at once, if it is {@link TensorMemory}'s and no part of it is
     * in use; without effect else, and when called again.
     */
    public void release() {
        if (share != null && released.compareAndSet(false, true)) {
            share.leave();
        }
    }

    @Override
    public String toString() {
        return type + " " + shape;
    }

    private void require(ElementType wanted) {
        if (type != wanted) {
            throw new IllegalStateException("a tensor of " + type + " has no elements of " + wanted);
        }
    }

    private static long count(List<Long> shape) {
        long count = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("a negative size in the shape " + shape);
            }
            count = Math.multiplyExact(count, size);
        }
        return count;
    }
}
