package phifleet.inference.engine.onnx;

import static phifleet.inference.engine.onnx.GraphParts.integer;
import static phifleet.inference.engine.onnx.GraphParts.longs;
import static phifleet.inference.engine.onnx.GraphParts.value;
import static phifleet.inference.onnx.OnnxNode.ATTRIBUTE;
import static phifleet.inference.onnx.OnnxSignature.FLOAT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INPUT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_OUTPUT;
import static phifleet.inference.onnx.OnnxSignature.INT64;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoWriter;

/**
 * An encoder of BERT's shape with random weights, as an exporter would write it: for measuring, where no such model can be had.
 */
public final class RandomBert {
    private static final int WIDENING = 4;
    private static final int POSITIONS = 512;

    /** As BERT has it. */
    private static final int HEAD_WIDTH = 64;

    /** Numbers of an embedding table cost memory alone. */
    private static final int VOCABULARY = 1000;

    /**
     * What it is to look like.
     *
     * @param headWidth numbers of a head of its attention
     * @param scores whether its output is a {@code logits} of one number, as of a cross-encoder, and no hidden state
     */
    public record Shape(int layers, int width, int headWidth, boolean scores) {
        /** MiniLM's, of six layers. */
        public static final Shape MINI_LM_RERANKER = new Shape(6, 384, 32, true);

        int heads() {
            return width / headWidth;
        }
    }

    private final Shape shape;
    private final ProtoWriter graph = new ProtoWriter().text(2, "bert");
    private final Random random = new Random(1);

    private RandomBert(Shape shape) {
        this.shape = shape;
    }

    /** Writes a model with inputs {@code input_ids} and {@code attention_mask} and the output {@code last_hidden_state}. */
    public static Path write(Path file, int layers) throws IOException {
        return write(file, new Shape(layers, 768, HEAD_WIDTH, false));
    }

    /** Writes a model with these inputs. */
    public static Path write(Path file, Shape shape) throws IOException {
        RandomBert bert = new RandomBert(shape);
        bert.build();
        ProtoWriter model = new ProtoWriter()
                .varint(1, 8)
                .message(8, new ProtoWriter().varint(2, 17))
                .message(OnnxSignature.MODEL_GRAPH, bert.graph);
        return Files.write(file, model.toByteArray());
    }

    /** Multiply and add count as two: what one token of a text of some length costs. */
    public static double operationsPerToken(int layers, int width, int length) {
        double linear = 2.0 * (4 + 2 * WIDENING) * width * width;
        double attention = 4.0 * length * width;
        return layers * (linear + attention);
    }

    private void build() {
        graph.message(GRAPH_INPUT, value("input_ids", INT64, "batch", "length"))
                .message(GRAPH_INPUT, value("attention_mask", INT64, "batch", "length"))
                .message(
                        GRAPH_OUTPUT,
                        shape.scores
                                ? value("logits", FLOAT, "batch", 1L)
                                : value("last_hidden_state", FLOAT, "batch", "length", (long) shape.width));
        graph.message(GRAPH_INITIALIZER, longs("heads_shape", 0, 0, shape.heads(), shape.headWidth))
                .message(GRAPH_INITIALIZER, longs("rows_shape", 0, 0, shape.width))
                .message(GRAPH_INITIALIZER, longs("zero", 0))
                .message(GRAPH_INITIALIZER, longs("one", 1))
                .message(GRAPH_INITIALIZER, longs("two", 2))
                .message(GRAPH_INITIALIZER, longs("mask_axes", 1, 2));
        number("ones", 1);
        number("lowest", -10_000);
        number("scale", (float) (1 / Math.sqrt(shape.headWidth)));
        weights("words", 0.05f, VOCABULARY, shape.width);
        weights("positions", 0.05f, POSITIONS, shape.width);
        node("Shape", "shape", "input_ids");
        node("Slice", "length", "shape", "one", "two");
        node("Slice", "used_positions", "positions", "zero", "length");
        node("Gather", "embedded", "words", "input_ids");
        node("Add", "placed", "embedded", "used_positions");
        node("Unsqueeze", "mask4", "attention_mask", "mask_axes");
        graph.message(GRAPH_NODE, GraphParts.node("Cast", "maskf", "mask4").message(ATTRIBUTE, integer("to", FLOAT)));
        node("Sub", "unmasked", "ones", "maskf");
        node("Mul", "mask", "unmasked", "lowest");
        String hidden = normalized("start", "placed");
        for (int layer = 0; layer < shape.layers; layer++) {
            hidden = layer("l" + layer, hidden);
        }
        if (shape.scores) {
            score(hidden);
        } else {
            node("Identity", "last_hidden_state", hidden);
        }
    }

    /** By the first token, through a pooler. */
    private void score(String hidden) {
        graph.message(
                GRAPH_INITIALIZER,
                new ProtoWriter().varint(2, INT64).text(8, "first").bytes(9, new byte[Long.BYTES]));
        graph.message(
                GRAPH_NODE, GraphParts.node("Gather", "cls", hidden, "first").message(ATTRIBUTE, integer("axis", 1)));
        node("Tanh", "pooled", linear("pooler", "cls", shape.width, shape.width));
        node("Identity", "logits", linear("classifier", "pooled", shape.width, 1));
    }

    private String layer(String name, String hidden) {
        String query = heads(name + "q", hidden, 0, 2, 1, 3);
        String key = heads(name + "k", hidden, 0, 2, 3, 1);
        String values = heads(name + "v", hidden, 0, 2, 1, 3);
        node("MatMul", name + "raw", query, key);
        node("Mul", name + "scaled", name + "raw", "scale");
        node("Add", name + "masked", name + "scaled", "mask");
        graph.message(
                GRAPH_NODE,
                GraphParts.node("Softmax", name + "shares", name + "masked").message(ATTRIBUTE, integer("axis", -1)));
        node("MatMul", name + "mixed", name + "shares", values);
        turned(name + "turned", name + "mixed", 0, 2, 1, 3);
        node("Reshape", name + "rows", name + "turned", "rows_shape");
        String attended = linear(name + "o", name + "rows", shape.width, shape.width);
        node("Add", name + "sum1", attended, hidden);
        String first = normalized(name + "n1", name + "sum1");
        String wide = linear(name + "up", first, shape.width, WIDENING * shape.width);
        node("Relu", name + "active", wide);
        String narrow = linear(name + "down", name + "active", WIDENING * shape.width, shape.width);
        node("Add", name + "sum2", narrow, first);
        return normalized(name + "n2", name + "sum2");
    }

    private String heads(String name, String hidden, long... permutation) {
        String rows = linear(name, hidden, shape.width, shape.width);
        node("Reshape", name + "cut", rows, "heads_shape");
        turned(name + "heads", name + "cut", permutation);
        return name + "heads";
    }

    private String linear(String name, String input, int from, int to) {
        weights(name + "w", (float) (1 / Math.sqrt(from)), from, to);
        weights(name + "b", 0.01f, to);
        node("MatMul", name + "product", input, name + "w");
        node("Add", name, name + "product", name + "b");
        return name;
    }

    private String normalized(String name, String input) {
        weights(name + "g", 1, shape.width);
        weights(name + "b", 0.01f, shape.width);
        graph.message(
                GRAPH_NODE,
                GraphParts.node("LayerNormalization", name, input, name + "g", name + "b")
                        .message(ATTRIBUTE, integer("axis", -1)));
        return name;
    }

    private void turned(String name, String input, long... permutation) {
        ProtoWriter attribute = new ProtoWriter().text(1, "perm");
        for (long axis : permutation) {
            attribute.varint(8, axis);
        }
        graph.message(
                GRAPH_NODE, GraphParts.node("Transpose", name, input).message(ATTRIBUTE, attribute.varint(20, 7)));
    }

    private void node(String operator, String output, String... inputs) {
        graph.message(GRAPH_NODE, GraphParts.node(operator, output, inputs));
    }

    private void number(String name, float number) {
        ByteBuffer raw =
                ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, number);
        graph.message(
                GRAPH_INITIALIZER,
                new ProtoWriter().varint(2, FLOAT).text(8, name).bytes(9, raw.array()));
    }

    private void weights(String name, float deviation, int... shape) {
        int count = 1;
        ProtoWriter tensor = new ProtoWriter();
        for (int size : shape) {
            tensor.varint(1, size);
            count *= size;
        }
        ByteBuffer raw = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            raw.putFloat((float) random.nextGaussian() * deviation);
        }
        graph.message(GRAPH_INITIALIZER, tensor.varint(2, FLOAT).text(8, name).bytes(9, raw.array()));
    }
}
