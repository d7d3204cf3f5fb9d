package phifleet.worker.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import phifleet.worker.model.Pooling;
import phifleet.worker.model.TokenSequence;

/**
 * Memory outside the heap for the inputs of one batch, which the engine reads in place. One thread at a time.
 *
 * <p>A buffer of more than is needed is handed out in part, so that it serves every smaller batch.
 */
final class InputBuffers {
    private final int capacity;
    private final LongBuffer ids;
    private final LongBuffer mask;
    private final LongBuffer types;
    private final FloatBuffer weights;

    /** Room for this many tokens, padding included. */
    InputBuffers(int tokens) {
        // The next power of two, so that slowly growing batches do not allocate each time.
        capacity = Math.max(64, Integer.highestOneBit(Math.max(1, tokens - 1)) << 1);
        ids = bytes(Long.BYTES).asLongBuffer();
        mask = bytes(Long.BYTES).asLongBuffer();
        types = bytes(Long.BYTES).asLongBuffer();
        weights = bytes(Float.BYTES).asFloatBuffer();
    }

    int capacity() {
        return capacity;
    }

    void fill(List<TokenSequence> batch, int columns, int padId, Pooling pooling) {
        int size = batch.size() * columns;
        ids.clear().limit(size);
        mask.clear().limit(size);
        types.clear().limit(size);
        weights.clear().limit(size);
        int at = 0;
        for (TokenSequence sequence : batch) {
            int length = sequence.length();
            for (int i = 0; i < columns; i++, at++) {
                boolean real = i < length;
                ids.put(at, real ? sequence.id(i) : padId);
                mask.put(at, real ? 1 : 0);
                weights.put(at, real ? pooling.weight(i, length) : 0);
            }
        }
    }

    LongBuffer ids() {
        return ids;
    }

    LongBuffer mask() {
        return mask;
    }

    /** All 0: every text is a first segment. */
    LongBuffer types() {
        return types;
    }

    FloatBuffer weights() {
        return weights;
    }

    private ByteBuffer bytes(int size) {
        return ByteBuffer.allocateDirect(capacity * size).order(ByteOrder.nativeOrder());
    }
}
