package phifleet.inference.engine.onnx;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.TokenSequence;

/**
 * Memory outside the heap for the inputs of one batch, which the engine reads in place. One thread at a time.
 *
 * <p>A buffer of more than is needed is handed out in part, so that it serves every smaller batch.
 */
final class InputBuffers {
    /** For a single row the engine takes another kernel, whose rounding differs: a text of one token gets a row beside it. */
    private static final int LEAST_PACKED = 2;

    private final int capacity;
    private final LongBuffer ids;
    private final LongBuffer mask;

    /** All 0: every text is a first segment. */
    private final LongBuffer types;

    private final FloatBuffer weights;

    /** For each packed row its place in the rectangle. */
    private final LongBuffer tokens;

    /** For each place in the rectangle its packed row. */
    private final LongBuffer places;

    /** Room for this many tokens, padding included. */
    InputBuffers(int room) {
        // The next power of two, so that slowly growing batches do not allocate each time.
        capacity = Math.max(64, Integer.highestOneBit(Math.max(1, room - 1)) << 1);
        ids = bytes(Long.BYTES).asLongBuffer();
        mask = bytes(Long.BYTES).asLongBuffer();
        types = bytes(Long.BYTES).asLongBuffer();
        weights = bytes(Float.BYTES).asFloatBuffer();
        tokens = bytes(Long.BYTES).asLongBuffer();
        places = bytes(Long.BYTES).asLongBuffer();
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
        tokens.clear();
        places.clear().limit(size);
        int at = 0;
        int packed = 0;
        for (TokenSequence sequence : batch) {
            int length = sequence.length();
            for (int i = 0; i < columns; i++, at++) {
                boolean real = i < length;
                ids.put(at, real ? sequence.id(i) : padId);
                mask.put(at, real ? 1 : 0);
                weights.put(at, real ? pooling.weight(i, length) : 0);
                places.put(at, real ? packed : 0);
                if (real) {
                    tokens.put(packed++, at);
                }
            }
        }
        while (packed < LEAST_PACKED) {
            tokens.put(packed++, 0);
        }
        tokens.limit(packed);
    }

    /** The buffer of one of the graph's inputs. */
    Buffer of(String input) {
        return switch (input) {
            case "input_ids" -> ids;
            case "attention_mask" -> mask;
            case "token_type_ids" -> types;
            case PoolingGraph.WEIGHTS -> weights;
            case PackedGraph.TOKENS -> tokens;
            case PackedGraph.PLACES -> places;
            default -> throw new IllegalArgumentException("a sentence encoder has no input " + input);
        };
    }

    /** How many rows are packed. */
    int packedRows() {
        return tokens.remaining();
    }

    private ByteBuffer bytes(int size) {
        return ByteBuffer.allocateDirect(capacity * size).order(ByteOrder.nativeOrder());
    }
}
