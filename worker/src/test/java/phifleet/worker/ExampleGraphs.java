package phifleet.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import phifleet.inference.onnx.ProtoWriter;

/** Graphs of a node or two. */
final class ExampleGraphs {
    /** Types as ONNX numbers them. */
    static final int FP32 = 1;

    static final int INT32 = 6;
    static final int INT64 = 7;
    static final int STRING = 8;
    static final int FP16 = 10;

    private ExampleGraphs() {}

    /** Gives what it takes: {@code x} to {@code y}, rows of two. */
    static void echo(Path file, int type) throws IOException {
        write(file, List.of(node("Identity", "y", "x")), List.of(value("x", type, -1, 2)), value("y", type, -1, 2));
    }

    /** {@code INPUT0 + INPUT1}, rows of four whole numbers. */
    static void sum(Path file) throws IOException {
        write(
                file,
                List.of(node("Add", "OUTPUT0", "INPUT0", "INPUT1")),
                List.of(value("INPUT0", INT32, -1, 4), value("INPUT1", INT32, -1, 4)),
                value("OUTPUT0", INT32, -1, 4));
    }

    /** The rows of {@code table} that {@code index} names. */
    static void lookup(Path file) throws IOException {
        write(
                file,
                List.of(node("Gather", "row", "table", "index")),
                List.of(value("table", FP32, -1, 2), value("index", INT32, -1)),
                value("row", FP32, -1, 2));
    }

    /** {@code left + right}, of any two sizes each. */
    static void anySum(Path file) throws IOException {
        write(
                file,
                List.of(node("Add", "sum", "left", "right")),
                List.of(value("left", FP32, -1, -1), value("right", FP32, -1, -1)),
                value("sum", FP32, -1, -1));
    }

    /** {@code left · right}, which has sixteen rows. */
    static void product(Path file) throws IOException {
        write(
                file,
                List.of(node("MatMul", "product", "left", "right")),
                List.of(value("left", FP32, -1, -1), value("right", FP32, 16, -1)),
                value("product", FP32, -1, -1));
    }

    /** {@code left · right}, which has three rows: no guess of left's free sizes multiplies with it. */
    static void threes(Path file) throws IOException {
        write(
                file,
                List.of(node("MatMul", "product", "left", "right")),
                List.of(value("left", FP32, -1, -1), value("right", FP32, 3, -1)),
                value("product", FP32, -1, -1));
    }

    /** How red, green and blue an image is. */
    static void colours(Path file) throws IOException {
        write(
                file,
                List.of(node("GlobalAveragePool", "mean", "pixels"), node("Flatten", "scores", "mean")),
                List.of(value("pixels", FP32, -1, 3, 224, 224)),
                value("scores", FP32, -1, 3));
    }

    /**
     * Of an image and its mask a box for one thing, as DETR has it: as far right and down as the mask reaches of its input, times
     * {@code (0.5, 0.5, 0.5, 1)}; red, green or, if blue, nothing.
     *
     * @param sides of images and masks, of which a negative one is free
     */
    static void detr(Path file, int... sides) throws IOException {
        write(
                file,
                List.of(
                        node("Cast", "counts", "pixel_mask").message(5, integer("to", FP32)),
                        node("ReduceMean", "share", "counts").message(5, integers("axes", 1, 2)),
                        node("Mul", "pred_boxes", "share", "box"),
                        node("ReduceMean", "colours", "pixel_values")
                                .message(5, integers("axes", 2, 3))
                                .message(5, integer("keepdims", 0)),
                        node("Mul", "sure", "colours", "twenty"),
                        node("Reshape", "logits", "sure", "queries")),
                List.of(
                        floats("box", List.of(1, 1, 4), 0.5f, 0.5f, 0.5f, 1),
                        floats("twenty", List.of(1), 20),
                        new ProtoWriter()
                                .varint(1, 3)
                                .varint(2, INT64)
                                .text(8, "queries")
                                .varint(7, -1)
                                .varint(7, 1)
                                .varint(7, 3)),
                List.of(
                        value("pixel_values", FP32, -1, 3, sides[0], sides[1]),
                        value("pixel_mask", INT64, -1, sides[2], sides[3])),
                List.of(value("logits", FP32, -1, 1, 3), value("pred_boxes", FP32, -1, 1, 4)));
    }

    /** One that reads well, of an operator that there is not. */
    static void unknownOperator(Path file) throws IOException {
        write(
                file,
                List.of(node("NoSuchOperator", "y", "x")),
                List.of(value("x", FP32, -1, 1)),
                value("y", FP32, -1, 1));
    }

    static ProtoWriter integer(String name, long number) {
        return new ProtoWriter().text(1, name).varint(3, number).varint(20, 2);
    }

    static ProtoWriter integers(String name, long... numbers) {
        ProtoWriter attribute = new ProtoWriter().text(1, name);
        for (long number : numbers) {
            attribute.varint(8, number);
        }
        return attribute.varint(20, 7);
    }

    static ProtoWriter floats(String name, List<Integer> shape, float... numbers) {
        ProtoWriter tensor = new ProtoWriter();
        shape.forEach(size -> tensor.varint(1, size));
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return tensor.varint(2, FP32).text(8, name).bytes(9, bytes.array());
    }

    static ProtoWriter node(String operator, String output, String... inputs) {
        ProtoWriter node = new ProtoWriter();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, operator);
    }

    /** @param sizes of which a negative one is free */
    static ProtoWriter value(String name, int type, int... sizes) {
        ProtoWriter shape = new ProtoWriter();
        for (int size : sizes) {
            shape.message(1, size < 0 ? new ProtoWriter().text(2, "n") : new ProtoWriter().varint(1, size));
        }
        ProtoWriter tensor = new ProtoWriter().varint(1, type).message(2, shape);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }

    private static void write(Path file, List<ProtoWriter> nodes, List<ProtoWriter> inputs, ProtoWriter output)
            throws IOException {
        write(file, nodes, List.of(), inputs, List.of(output));
    }

    private static void write(
            Path file,
            List<ProtoWriter> nodes,
            List<ProtoWriter> constants,
            List<ProtoWriter> inputs,
            List<ProtoWriter> outputs)
            throws IOException {
        write(file, model(nodes, constants, inputs, outputs));
    }

    static void write(Path file, ProtoWriter model) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, model.toByteArray());
    }

    /** A whole file of one graph. */
    static ProtoWriter model(
            List<ProtoWriter> nodes, List<ProtoWriter> constants, List<ProtoWriter> inputs, List<ProtoWriter> outputs) {
        ProtoWriter graph = new ProtoWriter();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, "example");
        constants.forEach(constant -> graph.message(5, constant));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        return new ProtoWriter().varint(1, 8).message(7, graph).message(8, new ProtoWriter().varint(2, 16));
    }
}
