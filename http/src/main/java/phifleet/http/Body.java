package phifleet.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;

/**
 * A body, or its beginning, and the share of the {@link BodyBudget} that it holds until {@link #release}. It takes memory as
 * bytes come, never for what was only announced: at most four times what is here, and twice where its length is not known. For one
 * thread at a time.
 */
public final class Body {
    private static final byte[] NONE = new byte[0];
    private static final int LEAST_CAPACITY = 1024;

    private final BodyBudget budget;
    private final long announced;
    private byte[] bytes = NONE;
    private int length;
    private long taken;

    /**
     * An empty body.
     *
     * @param announced how long it is going to be; -1 where that is not known
     */
    public Body(BodyBudget budget, long announced) {
        this.budget = budget;
        this.announced = announced;
    }

    /** Adds bytes; false where the budget has not the room. */
    public boolean add(Buffer chunk) {
        int needed = length + chunk.length();
        if (needed > bytes.length && !grow(needed)) {
            return false;
        }
        chunk.getBytes(bytes, length);
        length = needed;
        return true;
    }

    private boolean grow(int needed) {
        // Each growing copies all that is here.
        long wanted = Math.max(Math.max(needed, LEAST_CAPACITY), (announced > 0 ? 4L : 2L) * bytes.length);
        if (announced > 0) {
            // No more than is going to be needed, and all of that at once where it is little.
            wanted = announced <= BodyBudget.SMALL_BYTES ? announced : Math.min(wanted, announced);
        }
        int capacity = (int) Math.max(needed, Math.min(wanted, Integer.MAX_VALUE - 8));
        // While it is copied both are held.
        if (!budget.take(capacity, capacity)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, capacity);
        budget.give(taken);
        taken = capacity;
        return true;
    }

    public int length() {
        return length;
    }

    /** All bytes, in an array of their number. */
    public byte[] bytes() {
        if (bytes.length != length) {
            bytes = Arrays.copyOf(bytes, length);
        }
        return bytes;
    }

    /** An array that begins with the bytes. */
    public byte[] array() {
        return bytes;
    }

    /** The bytes, without a copy. */
    public Buffer buffer() {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, 0, length));
    }

    /** To be called when nobody needs the bytes any more; again without effect. */
    public void release() {
        budget.give(taken);
        taken = 0;
        bytes = NONE;
        length = 0;
    }
}
