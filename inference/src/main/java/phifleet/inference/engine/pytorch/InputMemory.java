package phifleet.inference.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.TokenSequence;

/**
 * Memory outside the heap for the inputs of one batch, which torch reads in place on a CPU. One thread at a time; tensors
 * made of it must be gone before it is filled again.
 */
final class InputMemory {
    private final int capacity;
    private final ByteBuffer ids;
    private final ByteBuffer mask;
    private final ByteBuffer types;
    private final ByteBuffer weights;

    /** Room for this many tokens, padding included. */
    InputMemory(int tokens) {
        // The next power of two, so that slowly growing batches do not allocate each time.
        capacity = Math.max(64, Integer.highestOneBit(Math.max(1, tokens - 1)) << 1);
        ids = allocate(Long.BYTES);
        mask = allocate(Long.BYTES);
        types = allocate(Long.BYTES);
        weights = allocate(Float.BYTES);
    }

    int capacity() {
        return capacity;
    }

    void fill(List<TokenSequence> batch, int columns, int padId, Pooling pooling) {
        int size = batch.size() * columns;
        ids.clear().limit(size * Long.BYTES);
        mask.clear().limit(size * Long.BYTES);
        types.clear().limit(size * Long.BYTES);
        weights.clear().limit(size * Float.BYTES);
        int at = 0;
        for (TokenSequence sequence : batch) {
            int length = sequence.length();
            for (int i = 0; i < columns; i++, at++) {
                boolean real = i < length;
                ids.putLong(at * Long.BYTES, real ? sequence.id(i) : padId);
                mask.putLong(at * Long.BYTES, real ? 1 : 0);
                weights.putFloat(at * Float.BYTES, real ? pooling.weight(i, length) : 0);
            }
        }
    }

    /** The inputs by their names, each rows × columns. */
    NDList inputs(NDManager scope, List<String> names, int rows, int columns) {
        Shape shape = new Shape(rows, columns);
        NDList inputs = new NDList(names.size());
        for (String name : names) {
            ByteBuffer memory = switch (EncoderInputs.bare(name)) {
                case EncoderInputs.IDS -> ids;
                case EncoderInputs.MASK -> mask;
                // All 0: every text is a first segment.
                default -> types;
            };
            NDArray input = scope.create(memory, shape, DataType.INT64);
            input.setName(name);
            inputs.add(input);
        }
        return inputs;
    }

    /** What each token counts in its text's vector: rows × 1 × columns. */
    NDArray weights(NDManager scope, int rows, int columns) {
        return scope.create(weights, new Shape(rows, 1, columns), DataType.FLOAT32);
    }

    private ByteBuffer allocate(int size) {
        return ByteBuffer.allocateDirect(capacity * size).order(ByteOrder.nativeOrder());
    }
}
