package phifleet.inference.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Copies an ONNX file with another graph in it. A protobuf message may repeat its fields in any order, so a graph is edited as
 * the list of its encoded fields: what an edit does not know, weights above all, passes through as bytes.
 */
public final class GraphFile {
    private static final int MODEL_OPSET = 8;
    private static final int OPSET_DOMAIN = 1;
    private static final int OPSET_VERSION = 2;

    private GraphFile() {}

    /** Copies {@code source} to {@code target}, with the graph's fields as the edit returns them. */
    public static void rewrite(Path source, Path target, UnaryOperator<List<ByteBuffer>> edit) throws IOException {
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ProtoReader model = new ProtoReader(in.map(MapMode.READ_ONLY, 0, in.size()));
            while (model.next()) {
                if (model.number() == OnnxSignature.MODEL_GRAPH) {
                    writeGraph(edit.apply(fields(model.payload())), out);
                } else {
                    writeFully(out, model.field());
                }
            }
        }
    }

    /** The fields of a file's graph, which stay valid as long as they are held. */
    public static List<ByteBuffer> read(Path source) throws IOException {
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ)) {
            ProtoReader model = new ProtoReader(in.map(MapMode.READ_ONLY, 0, in.size()));
            while (model.next()) {
                if (model.number() == OnnxSignature.MODEL_GRAPH) {
                    return fields(model.payload());
                }
            }
            return List.of();
        }
    }

    /** Which field of its message an encoded field is. */
    public static int number(ByteBuffer field) {
        return reader(field).number();
    }

    /** What an encoded field holds, where that is a message. */
    public static ByteBuffer payload(ByteBuffer field) {
        return reader(field).payload();
    }

    public static List<ByteBuffer> fields(ByteBuffer message) {
        List<ByteBuffer> fields = new ArrayList<>();
        ProtoReader reader = new ProtoReader(message);
        while (reader.next()) {
            fields.add(reader.field());
        }
        return fields;
    }

    /**
     * The fields of a graph with other operators in it, and without what was known of the values between the old ones.
     *
     * @param nodes new operators, and whatever else they need
     * @param kept which of the other fields stay
     */
    public static List<ByteBuffer> withNodes(List<ByteBuffer> fields, ProtoWriter nodes, Predicate<ByteBuffer> kept) {
        List<ByteBuffer> result = new ArrayList<>();
        for (ByteBuffer field : fields) {
            int number = number(field);
            if (number != OnnxSignature.GRAPH_NODE && number != OnnxSignature.GRAPH_VALUE_INFO && kept.test(field)) {
                result.add(field);
            }
        }
        result.add(ByteBuffer.wrap(nodes.toByteArray()));
        return result;
    }

    /** The version of ONNX's own operators that a model is written for. */
    public static long opset(Path source) throws IOException {
        try (FileChannel file = FileChannel.open(source, StandardOpenOption.READ)) {
            ProtoReader model = new ProtoReader(file.map(MapMode.READ_ONLY, 0, file.size()));
            long version = 1;
            while (model.next()) {
                if (model.number() == MODEL_OPSET) {
                    version = Math.max(version, ofOnnx(model.payload()));
                }
            }
            return version;
        }
    }

    private static long ofOnnx(ByteBuffer message) {
        ProtoReader set = new ProtoReader(message);
        String domain = "";
        long version = 1;
        while (set.next()) {
            switch (set.number()) {
                case OPSET_DOMAIN -> domain = set.text();
                case OPSET_VERSION -> version = set.varint();
                default -> {}
            }
        }
        return domain.isEmpty() || domain.equals("ai.onnx") ? version : 1;
    }

    private static ProtoReader reader(ByteBuffer field) {
        ProtoReader reader = new ProtoReader(field);
        if (!reader.next()) {
            throw new IllegalArgumentException("not a protobuf field: it is empty");
        }
        return reader;
    }

    private static void writeGraph(List<ByteBuffer> fields, FileChannel out) throws IOException {
        long length = fields.stream().mapToLong(ByteBuffer::remaining).sum();
        byte[] header =
                new ProtoWriter().header(OnnxSignature.MODEL_GRAPH, length).toByteArray();
        writeFully(out, ByteBuffer.wrap(header));
        for (ByteBuffer field : fields) {
            writeFully(out, field.duplicate());
        }
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
