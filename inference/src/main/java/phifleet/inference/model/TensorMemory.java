package phifleet.inference.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside of the heap that tensors use one after another. New memory is zeroed, has its pages mapped one by one by the system
 * as they are first touched, and is freed by the garbage collector, whenever it comes by; for a tensor of a megabyte that costs more
 * than filling it. What is kept is bounded, and what is given back beyond that is left to the collector.
 *
 * <p>Nothing has to be given back: whoever cannot be sure that nobody reads a tensor any more, as after a request that was cancelled
 * while a batch ran, forgets it. Thread-safe.
 */
public final class TensorMemory {
    /** Less costs little to have anew. */
    static final int LEAST_BYTES = 16 * 1024;

    /** Of what the process may have outside of the heap, which by default is as much as the heap. */
    private static final int PART_OF_HEAP = 8;

    /** Each power of two is cut into as many sizes, so that at most a quarter of a piece lies idle. */
    private static final int SIZES_OF_POWER = 4;

    private static final TensorMemory OF_PROCESS =
            new TensorMemory(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);

    private final long mostIdle;
    private final AtomicLong idle = new AtomicLong();

    /** By their size, the one that was used last first: it may be in a cache yet. */
    private final Map<Integer, Deque<ByteBuffer>> pieces = new ConcurrentHashMap<>();

    /** @param mostIdle bytes that are kept while nobody uses them */
    TensorMemory(long mostIdle) {
        this.mostIdle = mostIdle;
    }

    /** The one of this process. */
    public static TensorMemory ofProcess() {
        return OF_PROCESS;
    }

    /**
     * A tensor to be filled through {@link Tensor#data}, all of it: its elements are what another one left. {@link Tensor#release}
     * gives its memory back.
     */
    public Tensor tensor(ElementType type, List<Long> shape) {
        int bytes = Tensor.bytes(type, shape);
        if (bytes < LEAST_BYTES) {
            return Tensor.of(type, shape, Tensor.allocate(type, shape));
        }
        int size = size(bytes);
        ByteBuffer piece = taken(size);
        Share share = new Share(piece == null ? ByteBuffer.allocateDirect(size) : piece);
        return Tensor.of(type, shape, share.piece.slice(0, bytes).order(ByteOrder.nativeOrder()), share);
    }

    private @Nullable ByteBuffer taken(int size) {
        Deque<ByteBuffer> same = pieces.get(size);
        if (same == null) {
            return null;
        }
        synchronized (same) {
            ByteBuffer piece = same.pollFirst();
            if (piece != null) {
                idle.addAndGet(-size);
            }
            return piece;
        }
    }

    private void give(ByteBuffer piece) {
        int size = piece.capacity();
        Deque<ByteBuffer> same = pieces.computeIfAbsent(size, any -> new ArrayDeque<>());
        synchronized (same) {
            same.addFirst(piece);
        }
        if (idle.addAndGet(size) > mostIdle) {
            // What is asked for now, rather than what was once.
            pieces.forEach((other, old) -> {
                if (other != size) {
                    shed(old);
                }
            });
            shed(same);
        }
    }

    private void shed(Deque<ByteBuffer> old) {
        synchronized (old) {
            while (idle.get() > mostIdle && !old.isEmpty()) {
                idle.addAndGet(-old.removeLast().capacity());
            }
        }
    }

    /** Bytes that nobody uses now. */
    long idleBytes() {
        return idle.get();
    }

    /** The least size of a piece that so many bytes fit into. */
    static int size(int bytes) {
        int step = Integer.highestOneBit(bytes) / SIZES_OF_POWER;
        long size = ((long) bytes + step - 1) / step * step;
        return size > Integer.MAX_VALUE ? bytes : (int) size;
    }

    /** A piece that one tensor has, or several that are parts of it. The last of them gives it back. */
    final class Share {
        private final ByteBuffer piece;
        private final AtomicInteger users = new AtomicInteger(1);

        private Share(ByteBuffer piece) {
            this.piece = piece;
        }

        void enter() {
            users.incrementAndGet();
        }

        void leave() {
            if (users.decrementAndGet() == 0) {
                give(piece);
            }
        }
    }
}
