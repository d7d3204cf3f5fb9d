package phifleet.inference.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a joint graph of texts and images makes of the product of their vectors: a scale, and maybe a bias, that were learnt. Found by
 * going back from the output through what only multiplies by one number or adds one, up to the product itself and the vectors before it.
 *
 * @param scale by which the product is multiplied
 * @param bias that is added then; 0 where there is none
 */
public record LogitScalars(double scale, double bias) {
    /** Between an output and the product lie a handful of operators. */
    private static final int MOST_STEPS = 64;

    private static final int FLOAT64 = 11;
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_FLOAT_DATA = 4;
    private static final int TENSOR_RAW = 9;

    /**
     * Reads them of a graph's file.
     *
     * @param output the numbers that say how images and texts match
     * @return not a number as the scale where nothing is multiplied by one number on that way
     * @throws IllegalArgumentException where the file is no graph
     */
    public static LogitScalars of(Path graph, String output) throws IOException {
        try (FileChannel file = FileChannel.open(graph, StandardOpenOption.READ)) {
            return of(file.map(MapMode.READ_ONLY, 0, file.size()), output);
        }
    }

    static LogitScalars of(ByteBuffer model, String output) {
        Graph graph = new Graph();
        ProtoReader reader = new ProtoReader(model);
        while (reader.next()) {
            if (reader.number() == OnnxSignature.MODEL_GRAPH) {
                GraphFile.fields(reader.payload()).forEach(graph::read);
            }
        }
        Walk walk = new Walk(graph);
        walk.back(output);
        return new LogitScalars(walk.scaled ? walk.scale : Double.NaN, walk.bias);
    }

    /** What makes each value, and the single numbers among the weights. */
    private static final class Graph {
        private final Map<String, OnnxNode> makers = new HashMap<>();
        private final Map<String, Double> numbers = new HashMap<>();

        void read(ByteBuffer field) {
            switch (GraphFile.number(field)) {
                case OnnxSignature.GRAPH_NODE -> {
                    OnnxNode node = OnnxNode.read(GraphFile.payload(field));
                    node.outputs().forEach(value -> makers.put(value, node));
                    if (node.operator().equals("Constant") && !node.outputs().isEmpty()) {
                        node.tensor("value")
                                .ifPresent(tensor -> keep(node.outputs().getFirst(), tensor));
                    }
                }
                case OnnxSignature.GRAPH_INITIALIZER -> {
                    ByteBuffer tensor = GraphFile.payload(field);
                    keep(OnnxSignature.firstText(tensor, OnnxSignature.TENSOR_NAME), tensor);
                }
                default -> {}
            }
        }

        private void keep(String name, ByteBuffer tensor) {
            number(tensor).ifPresent(value -> numbers.put(name, value));
        }

        /** A value that is one number whatever the inputs are. */
        OptionalDouble constant(String name, int steps) {
            Double known = numbers.get(name);
            if (known != null) {
                return OptionalDouble.of(known);
            }
            OnnxNode node = makers.get(name);
            if (node == null || steps == 0) {
                return OptionalDouble.empty();
            }
            OptionalDouble first = constant(node.input(0), steps - 1);
            if (first.isEmpty()) {
                return first;
            }
            double value = first.getAsDouble();
            return switch (node.operator()) {
                case "Exp" -> OptionalDouble.of(Math.exp(value));
                case "Neg" -> OptionalDouble.of(-value);
                case "Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze" -> first;
                default -> OptionalDouble.empty();
            };
        }

        private static ByteBuffer alone(ProtoReader reader) {
            return ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(reader.fixed32())
                    .flip();
        }

        private static OptionalDouble number(ByteBuffer tensor) {
            List<Long> shape = new ArrayList<>();
            int type = 0;
            ByteBuffer raw = ByteBuffer.allocate(0);
            ProtoReader reader = new ProtoReader(tensor);
            while (reader.next()) {
                switch (reader.number()) {
                    case OnnxSignature.TENSOR_DIMS -> reader.addLongs(shape);
                    case TENSOR_TYPE -> type = (int) reader.varint();
                    case TENSOR_FLOAT_DATA, TENSOR_RAW -> raw = reader.isFixed32() ? alone(reader) : reader.payload();
                    default -> {}
                }
            }
            if (!shape.stream().allMatch(size -> size == 1)) {
                return OptionalDouble.empty();
            }
            raw.order(ByteOrder.LITTLE_ENDIAN);
            int bytes = raw.remaining();
            return switch (type) {
                case OnnxSignature.FLOAT ->
                    bytes == Float.BYTES ? OptionalDouble.of(raw.getFloat()) : OptionalDouble.empty();
                case OnnxSignature.FLOAT16 ->
                    bytes == Short.BYTES
                            ? OptionalDouble.of(Float.float16ToFloat(raw.getShort()))
                            : OptionalDouble.empty();
                case FLOAT64 -> bytes == Double.BYTES ? OptionalDouble.of(raw.getDouble()) : OptionalDouble.empty();
                default -> OptionalDouble.empty();
            };
        }
    }

    /** The way back. */
    private static final class Walk {
        private final Graph graph;
        private double scale = 1;
        private double bias;
        private boolean scaled;
        private boolean behindProduct;
        private int left = MOST_STEPS;

        Walk(Graph graph) {
            this.graph = graph;
        }

        void back(String name) {
            OnnxNode node = graph.makers.get(name);
            if (node == null || left == 0) {
                return;
            }
            left--;
            switch (node.operator()) {
                case "Identity", "Cast", "Transpose", "Reshape" -> back(node.input(0));
                case "Mul" -> byNumber(node, true);
                case "Add" -> {
                    if (!behindProduct) {
                        byNumber(node, false);
                    }
                }
                case "Div" -> {
                    OptionalDouble by = graph.constant(node.input(1), MOST_STEPS);
                    if (by.isPresent()) {
                        multiply(1 / by.getAsDouble());
                        back(node.input(0));
                    }
                }
                case "MatMul" -> {
                    // Some scale one side before the product.
                    behindProduct = true;
                    back(node.input(0));
                    back(node.input(1));
                }
                default -> {}
            }
        }

        private void byNumber(OnnxNode node, boolean multiplies) {
            for (int i = 0; i < 2; i++) {
                OptionalDouble number = graph.constant(node.input(i), MOST_STEPS);
                if (number.isPresent()) {
                    if (multiplies) {
                        multiply(number.getAsDouble());
                    } else {
                        bias += scale * number.getAsDouble();
                    }
                    back(node.input(1 - i));
                    return;
                }
            }
        }

        private void multiply(double number) {
            scale *= number;
            scaled = true;
        }
    }
}
