package phifleet.inference.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.inference.graph.OnnxSignature;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TokenSequence;

/** Fills the inputs that exported graphs of encoders have, in the types that they want. */
final class GraphInputs {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TYPES = "token_type_ids";
    static final String POSITIONS = "position_ids";
    static final String TASK = "task_id";
    static final String OFFSETS = "offsets";

    /** Whether the past is used; it is not. */
    private static final String CACHE_BRANCH = "use_cache_branch";

    private static final String PAST = "past_key_values";
    private static final Set<String> KNOWN = Set.of(IDS, MASK, TYPES, POSITIONS, TASK, OFFSETS, CACHE_BRANCH);

    private final List<OnnxSignature.Value> inputs;
    private final int padId;

    /** @throws ModelException where the graph wants something else; the message names it */
    GraphInputs(List<OnnxSignature.Value> inputs, int padId) throws ModelException {
        for (OnnxSignature.Value input : inputs) {
            if (!KNOWN.contains(input.name()) && !input.name().startsWith(PAST)) {
                throw new ModelException("the graph wants an input " + input.name() + "; a sentence encoder may have "
                        + KNOWN.stream().sorted().toList() + " and " + PAST + "…");
            }
        }
        if (inputs.stream().noneMatch(input -> input.name().equals(IDS))) {
            throw new ModelException("the graph has no input " + IDS + ", but " + inputs);
        }
        this.inputs = List.copyOf(inputs);
        this.padId = padId;
    }

    boolean has(String name) {
        return inputs.stream().anyMatch(input -> input.name().equals(name));
    }

    /** Tensors for texts side by side, filled up on the right; the caller closes them. */
    Map<String, OnnxTensor> rectangle(OrtEnvironment environment, List<TokenSequence> texts) throws OrtException {
        int rows = texts.size();
        int columns = texts.stream().mapToInt(TokenSequence::length).max().orElse(0);
        long[] shape = {rows, columns};
        Map<String, OnnxTensor> tensors = new HashMap<>();
        for (OnnxSignature.Value input : inputs) {
            tensors.put(
                    input.name(),
                    switch (input.name()) {
                        case IDS ->
                            of(environment, input, shape, at -> {
                                TokenSequence text = texts.get(at / columns);
                                int place = at % columns;
                                return place < text.length() ? text.id(place) : padId;
                            });
                        case MASK ->
                            of(
                                    environment,
                                    input,
                                    shape,
                                    at -> at % columns < texts.get(at / columns).length() ? 1 : 0);
                        case TYPES -> of(environment, input, shape, at -> 0);
                        case POSITIONS ->
                            of(
                                    environment,
                                    input,
                                    shape,
                                    at -> Math.min(
                                            at % columns,
                                            texts.get(at / columns).length() - 1));
                        case TASK ->
                            of(
                                    environment,
                                    input,
                                    input.rank() == 0 ? new long[0] : new long[] {1},
                                    at -> texts.getFirst().task());
                        default -> nothing(environment, input, rows);
                    });
        }
        return tensors;
    }

    /** Tensors for all texts' tokens in a row, with the place where each text begins; the caller closes them. */
    Map<String, OnnxTensor> row(OrtEnvironment environment, List<TokenSequence> texts) throws OrtException {
        int[] ids = texts.stream()
                .flatMapToInt(text ->
                        java.util.stream.IntStream.range(0, text.length()).map(text::id))
                .toArray();
        int[] starts = new int[texts.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + texts.get(i - 1).length();
        }
        Map<String, OnnxTensor> tensors = new HashMap<>();
        for (OnnxSignature.Value input : inputs) {
            boolean tokens = input.name().equals(IDS);
            int[] values = tokens ? ids : starts;
            tensors.put(input.name(), of(environment, input, new long[] {values.length}, at -> values[at]));
        }
        return tensors;
    }

    private interface Values {
        long at(int index);
    }

    /** A past of no tokens: the graph says how many heads of what size, and its free sizes are the batch's and that of nothing. */
    private static OnnxTensor nothing(OrtEnvironment environment, OnnxSignature.Value input, int rows)
            throws OrtException {
        if (!input.name().startsWith(PAST)) {
            return of(environment, input, new long[] {1}, at -> 0);
        }
        long[] shape = new long[input.rank()];
        for (int i = 0; i < shape.length; i++) {
            long side = input.shape().get(i);
            shape[i] = side >= 0 ? side : i == 0 ? rows : 0;
        }
        return of(environment, input, shape, at -> 0);
    }

    private static OnnxTensor of(OrtEnvironment environment, OnnxSignature.Value input, long[] shape, Values values)
            throws OrtException {
        int count = 1;
        for (long side : shape) {
            count = Math.toIntExact(count * side);
        }
        int type = input.elementType();
        int size =
                type == OnnxSignature.INT64 ? Long.BYTES : type == OnnxSignature.FLOAT16 ? Short.BYTES : Integer.BYTES;
        ByteBuffer bytes = ByteBuffer.allocateDirect(count * size).order(ByteOrder.nativeOrder());
        OnnxJavaType java;
        if (type == OnnxSignature.INT64) {
            java = OnnxJavaType.INT64;
            for (int i = 0; i < count; i++) {
                bytes.putLong(values.at(i));
            }
        } else if (type == ElementType.INT32.onnx()) {
            java = OnnxJavaType.INT32;
            for (int i = 0; i < count; i++) {
                bytes.putInt((int) values.at(i));
            }
        } else if (type == OnnxSignature.FLOAT) {
            java = OnnxJavaType.FLOAT;
            for (int i = 0; i < count; i++) {
                bytes.putFloat((float) values.at(i));
            }
        } else if (type == OnnxSignature.FLOAT16) {
            java = OnnxJavaType.FLOAT16;
            for (int i = 0; i < count; i++) {
                bytes.putShort(Float.floatToFloat16((float) values.at(i)));
            }
        } else if (type == ElementType.BOOL.onnx()) {
            java = OnnxJavaType.BOOL;
            for (int i = 0; i < count; i++) {
                bytes.put((byte) values.at(i));
            }
            return OnnxTensor.createTensor(environment, bytes.flip(), shape, java);
        } else {
            throw new IllegalArgumentException(
                    "input " + input.name() + " has element type " + type + ", which no sentence encoder's input has");
        }
        return OnnxTensor.createTensor(environment, bytes.flip(), shape, java);
    }
}
