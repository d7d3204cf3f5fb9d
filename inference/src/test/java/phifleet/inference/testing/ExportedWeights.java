package phifleet.inference.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;

/**
 * The weights of a graph that PyTorch exported as the safetensors file that they came from: matrices lost their names and were turned, and
 * equal weights became one, but operators are named by the layers that they are of.
 */
public final class ExportedWeights {
    private static final int DIMS = 1;
    private static final int DATA_TYPE = 2;
    private static final int FLOAT_DATA = 4;
    private static final int NAME = 8;
    private static final int RAW_DATA = 9;
    private static final int FLOAT = 1;

    private final Map<String, Weight> initializers = new HashMap<>();
    private final Map<String, Weight> found = new LinkedHashMap<>();

    private record Weight(List<Integer> shape, List<Float> values) {
        Weight turned() {
            int rows = shape.get(0);
            int columns = shape.get(1);
            List<Float> other = new ArrayList<>(values.size());
            for (int column = 0; column < columns; column++) {
                for (int row = 0; row < rows; row++) {
                    other.add(values.get(row * columns + column));
                }
            }
            return new Weight(List.of(columns, rows), other);
        }
    }

    private ExportedWeights() {}

    /**
     * Copies a model's folder with {@code model.safetensors} in the place of its graph.
     *
     * @param graph of the folder
     */
    public static void copy(Path folder, Path graph, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains(".onnx"))
                    .toList()) {
                Path copy = target.resolve(folder.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(file, copy);
            }
        }
        ExportedWeights weights = new ExportedWeights();
        weights.read(ByteBuffer.wrap(Files.readAllBytes(graph)));
        // Exporters put graphs in a folder of their own, beside the configuration.
        Path beside = graph.resolveSibling("");
        Path network = beside.endsWith("onnx") ? beside.resolveSibling("") : beside;
        weights.write(target.resolve(folder.relativize(network).toString()).resolve("model.safetensors"));
    }

    private void read(ByteBuffer model) {
        for (ByteBuffer field : GraphFile.fields(model)) {
            if (GraphFile.number(field) == OnnxSignature.MODEL_GRAPH) {
                List<ByteBuffer> graph = GraphFile.fields(GraphFile.payload(field));
                graph.stream()
                        .filter(part -> GraphFile.number(part) == OnnxSignature.GRAPH_INITIALIZER)
                        .forEach(part -> initializer(GraphFile.payload(part)));
                graph.stream()
                        .filter(part -> GraphFile.number(part) == OnnxSignature.GRAPH_NODE)
                        .forEach(part -> node(GraphFile.payload(part)));
            }
        }
    }

    private void initializer(ByteBuffer tensor) {
        List<Integer> shape = new ArrayList<>();
        List<Float> values = new ArrayList<>();
        String name = OnnxSignature.firstText(tensor, NAME);
        long type = 0;
        for (ByteBuffer field : GraphFile.fields(tensor)) {
            switch (GraphFile.number(field)) {
                case DIMS -> shape.add((int) varint(field));
                case DATA_TYPE -> type = varint(field);
                case RAW_DATA, FLOAT_DATA -> {
                    ByteBuffer bytes = GraphFile.payload(field).order(ByteOrder.LITTLE_ENDIAN);
                    while (bytes.remaining() >= Float.BYTES) {
                        values.add(bytes.getFloat());
                    }
                }
                default -> {}
            }
        }
        if (type == FLOAT && !shape.isEmpty() && shape.size() < 3) {
            initializers.put(name, new Weight(shape, values));
            if (name.contains(".") && !name.contains("::") && !name.startsWith("/")) {
                found.put(name, initializers.get(name));
            }
        }
    }

    private void node(ByteBuffer message) {
        OnnxNode node = OnnxNode.read(message);
        String path = OnnxSignature.firstText(message, OnnxNode.NAME);
        int last = path.lastIndexOf('/');
        if (last < 1) {
            return;
        }
        // A layer that is called again has a number.
        String layer = path.substring(1, last).replace('/', '.').replaceAll("_[0-9]+$", "");
        for (int i = 0; i < node.inputs().size(); i++) {
            Weight weight = initializers.get(node.input(i));
            if (weight == null) {
                continue;
            }
            boolean isRow = weight.shape().size() == 1 && weight.shape().getFirst() > 1;
            switch (node.operator()) {
                case "MatMul" -> found.putIfAbsent(layer + ".weight", weight.turned());
                case "Gemm", "LayerNormalization" -> found.putIfAbsent(layer + (i == 1 ? ".weight" : ".bias"), weight);
                case "Gather" -> found.putIfAbsent(layer + ".weight", weight);
                case "Add" -> {
                    if (isRow) {
                        found.putIfAbsent(layer + ".bias", weight);
                    }
                }
                case "Mul" -> {
                    if (isRow) {
                        found.putIfAbsent(layer + ".weight", weight);
                    }
                }
                default -> {}
            }
        }
    }

    private static long varint(ByteBuffer field) {
        ByteBuffer bytes = field.duplicate();
        bytes.get();
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private void write(Path file) throws IOException {
        SafetensorsFile safetensors = new SafetensorsFile();
        found.forEach((name, weight) -> {
            float[] values = new float[weight.values().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = weight.values().get(i);
            }
            safetensors.add(
                    name,
                    values,
                    weight.shape().stream().mapToInt(Integer::intValue).toArray());
        });
        safetensors.write(file);
    }
}
