package phifleet.inference.testing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import phifleet.inference.model.ElementType;
import phifleet.inference.onnx.ProtoWriter;

/**
 * A graph of matrices one behind another, {@code y = tanh(tanh(x·W0)·W1)…}, whose numbers are random, and stay about as large from
 * layer to layer. What is copied and put into another order at its load is all of it.
 *
 * @param width of a row, and of each matrix both ways
 * @param rows that it takes at once; 0 for any number
 */
public record LinearStack(int width, int layers, int rows) {
    private static final int FLOAT = ElementType.FP32.onnx();

    /** Writes it, with its matrices in {@code model.onnx.data} beside {@code model.onnx}. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        String weights = "model.onnx.data";
        ProtoWriter graph = new ProtoWriter();
        for (int layer = 0; layer < layers; layer++) {
            String from = layer == 0 ? "x" : "t" + (layer - 1);
            graph.message(1, node("MatMul", "m" + layer, from, "w" + layer));
            graph.message(1, node("Tanh", layer == layers - 1 ? "y" : "t" + layer, "m" + layer));
        }
        graph.text(2, "stack");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(weights)), 1 << 20)) {
            SplittableRandom random = new SplittableRandom(1);
            long bytes = 4L * width * width;
            for (int layer = 0; layer < layers; layer++) {
                graph.message(
                        5,
                        new ProtoWriter()
                                .varint(1, width)
                                .varint(1, width)
                                .varint(2, FLOAT)
                                .text(8, "w" + layer)
                                .message(13, entry("location", weights))
                                .message(13, entry("offset", Long.toString(layer * bytes)))
                                .message(13, entry("length", Long.toString(bytes)))
                                .varint(14, 1));
                matrix(random, out);
            }
        }
        graph.message(11, value("x")).message(12, value("y"));
        byte[] model = new ProtoWriter()
                .varint(1, 8)
                .message(7, graph)
                .message(8, new ProtoWriter().varint(2, 16))
                .toByteArray();
        return Files.write(folder.resolve("model.onnx"), model);
    }

    private void matrix(SplittableRandom random, OutputStream out) throws IOException {
        ByteBuffer row = ByteBuffer.allocate(4 * width).order(ByteOrder.LITTLE_ENDIAN);
        float size = (float) Math.sqrt(6.0 / width);
        for (int i = 0; i < width; i++) {
            row.clear();
            for (int j = 0; j < width; j++) {
                row.putFloat((random.nextFloat() - 0.5f) * size);
            }
            out.write(row.array());
        }
    }

    private static ProtoWriter node(String operator, String output, String... inputs) {
        ProtoWriter node = new ProtoWriter();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, operator);
    }

    private static ProtoWriter entry(String key, String value) {
        return new ProtoWriter().text(1, key).text(2, value);
    }

    private ProtoWriter value(String name) {
        ProtoWriter shape = new ProtoWriter()
                .message(1, rows == 0 ? new ProtoWriter().text(2, "n") : new ProtoWriter().varint(1, rows))
                .message(1, new ProtoWriter().varint(1, width));
        ProtoWriter tensor = new ProtoWriter().varint(1, FLOAT).message(2, shape);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }
}
