package phifleet.inference.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A weight of an exported graph, without its numbers.
 *
 * @param elementType a TensorProto.DataType
 * @param file the file beside the graph in which its numbers are; null where they are in the graph
 * @param start where they begin in that file, in bytes
 * @param end where they end in that file, in bytes; 0 where the graph does not say
 */
record StoredWeight(
        String name,
        int elementType,
        List<Long> shape,
        @Nullable String file,
        long start,
        long end) {
    // Numbers of fields in onnx.proto's TensorProto and StringStringEntryProto.
    private static final int TYPE = 2;
    private static final int EXTERNAL_DATA = 13;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    StoredWeight {
        shape = List.copyOf(shape);
    }

    static StoredWeight read(ByteBuffer initializer) {
        String name = "";
        int type = 0;
        List<Long> shape = new ArrayList<>();
        Map<String, String> external = new HashMap<>();
        ProtoReader tensor = new ProtoReader(initializer);
        while (tensor.next()) {
            switch (tensor.number()) {
                case OnnxSignature.TENSOR_DIMS -> tensor.addLongs(shape);
                case TYPE -> type = (int) tensor.varint();
                case OnnxSignature.TENSOR_NAME -> name = tensor.text();
                case EXTERNAL_DATA ->
                    external.put(
                            OnnxSignature.firstText(tensor.payload(), ENTRY_KEY),
                            OnnxSignature.firstText(tensor.payload(), ENTRY_VALUE));
                default -> {}
            }
        }
        Optional<Long> length = whole(external.get("length"));
        long start = whole(external.get("offset")).orElse(0L);
        long end = length.isEmpty() ? 0 : Math.addExact(start, length.get());
        return new StoredWeight(name, type, shape, external.get("location"), start, end);
    }

    private static Optional<Long> whole(@Nullable String text) {
        return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text));
    }
}
