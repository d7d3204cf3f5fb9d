package phifleet.inference.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.RowAttention;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenSequence;

/**
 * Memory outside the heap for the inputs of one batch, which the engine reads in place. One thread at a time.
 *
 * <p>A buffer of more than is needed is handed out in part, so that it serves every smaller batch.
 */
final class InputBuffers {
    private final int capacity;
    private final ByteBuffer ids;
    private final ByteBuffer mask;

    /** 0 for the tokens of a first text, 1 for those of a second. */
    private final ByteBuffer types;

    private final ByteBuffer weights;

    /** For each packed row its place in the rectangle. */
    private final ByteBuffer tokens;

    /** For each place in the rectangle its packed row. */
    private final ByteBuffer places;

    private @Nullable RaggedBatch batch;
    private int rows;
    private int columns;
    private int packedRows;

    /** Room for this many tokens, padding included. */
    InputBuffers(int room) {
        // The next power of two, so that slowly growing batches do not allocate each time.
        capacity = Math.max(64, Integer.highestOneBit(Math.max(1, room - 1)) << 1);
        ids = bytes(Long.BYTES);
        mask = bytes(Long.BYTES);
        types = bytes(Long.BYTES);
        weights = bytes(Float.BYTES);
        tokens = bytes(Long.BYTES);
        places = bytes(Long.BYTES);
    }

    int capacity() {
        return capacity;
    }

    void fill(RaggedBatch texts, int padId, Pooling pooling) {
        batch = texts;
        rows = texts.texts();
        columns = texts.longest();
        int at = 0;
        int packed = 0;
        for (TokenSequence sequence : texts.ordered()) {
            int length = sequence.length();
            for (int i = 0; i < columns; i++, at++) {
                boolean real = i < length;
                ids.putLong(at * Long.BYTES, real ? sequence.id(i) : padId);
                mask.putLong(at * Long.BYTES, real ? 1 : 0);
                types.putLong(at * Long.BYTES, real ? sequence.type(i) : 0);
                weights.putFloat(at * Float.BYTES, real ? pooling.weight(i, length) : 0);
                places.putLong(at * Long.BYTES, real ? packed : 0);
                if (real) {
                    tokens.putLong(packed++ * Long.BYTES, at);
                }
            }
        }
        packedRows = packed;
    }

    /** Those of the graph's inputs that have a name here, in this memory: valid until it is filled again. */
    Map<String, Tensor> tensors(List<String> inputs) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String input : inputs) {
            tensors.put(input, tensor(input));
        }
        return tensors;
    }

    private Tensor tensor(String input) {
        List<Long> rectangle = List.of((long) rows, (long) columns);
        return switch (input) {
            case "input_ids" -> longs(ids, rectangle);
            case "attention_mask" -> longs(mask, rectangle);
            case "token_type_ids" -> longs(types, rectangle);
            case PackedGraph.TOKENS -> longs(tokens, List.of(1L, (long) packedRows));
            case PackedGraph.PLACES -> longs(places, rectangle);
            case PoolingGraph.WEIGHTS ->
                Tensor.of(ElementType.FP32, rectangle, weights.slice(0, rows * columns * Float.BYTES));
            case RowAttention.SPANS -> Objects.requireNonNull(batch).spans(RowAttention.RULE);
            default -> throw new IllegalArgumentException("a sentence encoder has no input " + input);
        };
    }

    private static Tensor longs(ByteBuffer memory, List<Long> shape) {
        int count = Math.toIntExact(shape.getFirst() * shape.getLast());
        return Tensor.of(ElementType.INT64, shape, memory.slice(0, count * Long.BYTES));
    }

    private ByteBuffer bytes(int size) {
        return ByteBuffer.allocateDirect(capacity * size).order(ByteOrder.nativeOrder());
    }
}
