package phifleet.inference.graph.part;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.model.ElementType;
import phifleet.inference.onnx.ProtoWriter;

/**
 * An ONNX model being written: operators in the order of their use, constants each once, weights as references into files.
 * A value is known by its name. One thread.
 */
public final class Graph {
    /** What the engine adds to ONNX's own operators. */
    static final String ENGINE = "com.microsoft";

    public static final int FLOAT = ElementType.FP32.onnx();
    public static final int INT64 = ElementType.INT64.onnx();
    public static final int BOOL = ElementType.BOOL.onnx();

    /** The newest version of the operators that the provider in use knows whole, with Gelu (20). */
    private static final long OPSET = 21;

    /** From here on {@code Split} is told into how many parts. */
    private static final long COUNTED_PARTS = 18;

    /** From here on reductions take their axes as an input. */
    private static final long AXES_AS_INPUT = 18;

    private static final long IR_VERSION = 10;

    // Numbers of fields in onnx.proto (ONNX 1.19).
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_NAME = 2;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_INPUT = 11;
    private static final int GRAPH_OUTPUT = 12;
    private static final int TENSOR_DIMS = 1;
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;

    private final Deque<ProtoWriter> nodes = new ArrayDeque<>(List.of(new ProtoWriter()));
    private final ProtoWriter edges = new ProtoWriter();
    private final ProtoWriter initializers = new ProtoWriter();
    private final Map<List<Object>, String> known = new HashMap<>();
    private final Set<Path> files = new LinkedHashSet<>();
    private final ElementType real;
    private final long opset;
    private final String prefix;
    private int count;

    /**
     * @param real what its real numbers are within: 32-bit floats or 16-bit ones
     */
    public Graph(ElementType real) {
        this(real, OPSET, "");
    }

    /**
     * Of a part of a graph that was written elsewhere.
     *
     * @param opset the version of its operators
     * @param prefix what no name of it begins with
     */
    public Graph(ElementType real, long opset, String prefix) {
        this.real = real;
        this.opset = opset;
        this.prefix = prefix;
    }

    /** What its real numbers are within. */
    public ElementType real() {
        return real;
    }

    /** An operator of ONNX's with one output. */
    public String op(String operator, List<String> inputs, Attribute... attributes) {
        return node("", operator, inputs, 1, attributes).getFirst();
    }

    /** One of the engine's with one output. */
    public String engineOp(String operator, List<String> inputs, Attribute... attributes) {
        return node(ENGINE, operator, inputs, 1, attributes).getFirst();
    }

    /** A reduction along an axis, which stays with one number. */
    public String reduced(String operator, String value, long axis) {
        Attribute stays = Attribute.of("keepdims", 1);
        return opset < AXES_AS_INPUT
                ? op(operator, List.of(value), Attribute.of("axes", new long[] {axis}), stays)
                : op(operator, List.of(value, longs(axis)), stays);
    }

    /** A value cut into parts of one size. */
    public List<String> parts(String value, int axis, int parts) {
        Attribute along = Attribute.of("axis", axis);
        return opset < COUNTED_PARTS
                ? node("", "Split", List.of(value), parts, along)
                : node("", "Split", List.of(value), parts, along, Attribute.of("num_outputs", parts));
    }

    /** The numbers of one row of a table of integers, each a row of one. */
    public List<String> numbers(String table, String row, int columns) {
        return parts(op("Gather", List.of(table, row), Attribute.of("axis", 0)), 0, columns);
    }

    /** The largest numbers of each row, and in which columns they are. */
    List<String> largest(String table, int count) {
        return node("", "TopK", List.of(table, longs(count)), 2, Attribute.of("axis", -1));
    }

    private List<String> node(
            String domain, String operator, List<String> inputs, int outputs, Attribute... attributes) {
        String name = fresh(operator);
        List<String> results = IntStream.range(0, outputs)
                .mapToObj(i -> i == 0 ? name : name + "/" + i)
                .toList();
        ProtoWriter node = new ProtoWriter();
        inputs.forEach(input -> node.text(1, input));
        results.forEach(result -> node.text(2, result));
        node.text(3, name).text(4, operator);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.message());
        }
        current().message(GRAPH_NODE, domain.isEmpty() ? node : node.text(7, domain));
        return results;
    }

    /** Names a value as an output of the whole. */
    public void output(String name, String value, int type, Object... shape) {
        current()
                .message(
                        GRAPH_NODE,
                        new ProtoWriter()
                                .text(1, value)
                                .text(2, name)
                                .text(3, "out/" + name)
                                .text(4, "Identity"));
        edges.message(GRAPH_OUTPUT, value(name, type, shape));
    }

    /** An input of the whole. */
    public String input(String name, int type, Object... shape) {
        edges.message(GRAPH_INPUT, value(name, type, shape));
        return name;
    }

    /**
     * A graph within this one; it sees all values written so far.
     *
     * @param inputs what it gets, as {@link #value} makes them
     * @param content writes its operators and returns its outputs, as {@link #value} makes them
     */
    public ProtoWriter inner(List<ProtoWriter> inputs, Supplier<List<ProtoWriter>> content) {
        ProtoWriter graph = new ProtoWriter();
        nodes.push(graph);
        List<ProtoWriter> outputs = content.get();
        nodes.pop();
        graph.text(GRAPH_NAME, fresh("inner"));
        inputs.forEach(input -> graph.message(GRAPH_INPUT, input));
        outputs.forEach(output -> graph.message(GRAPH_OUTPUT, output));
        return graph;
    }

    /**
     * A declaration of a value.
     *
     * @param shape a Long or Integer for each size that is fixed, a name for each that is free
     */
    public static ProtoWriter value(String name, int type, Object... shape) {
        ProtoWriter sides = new ProtoWriter();
        for (Object side : shape) {
            sides.message(
                    1,
                    side instanceof Number fixed
                            ? new ProtoWriter().varint(1, fixed.longValue())
                            : new ProtoWriter().text(2, side.toString()));
        }
        ProtoWriter tensor = new ProtoWriter().varint(1, type).message(2, sides);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }

    /** A name that no value has. */
    public String fresh(String stem) {
        count++;
        return prefix + stem + "_" + count;
    }

    /** The name of an input, which nothing else has. */
    String named(String input) {
        return prefix + input;
    }

    /** A row of integers. */
    public String longs(long... values) {
        return constant(List.of("longs", Arrays.toString(values)), INT64, raw(values), values.length);
    }

    /** An integer without dimensions. */
    public String scalar(long value) {
        return constant(List.of("scalar", value), INT64, raw(value));
    }

    /** A real number without dimensions. */
    public String scalar(float value) {
        return constant(List.of("float", value), real.onnx(), raw(new float[] {value}));
    }

    /**
     * A table of real numbers.
     *
     * @param key the same for the same numbers
     */
    public String table(List<Object> key, Supplier<float[]> values, long... shape) {
        String name = known.get(key);
        return name == null ? constant(key, real.onnx(), raw(values.get()), shape) : name;
    }

    /** A table of integers. */
    public String longTable(long[] values, long... shape) {
        return constant(List.of("table", Arrays.toString(values), Arrays.toString(shape)), INT64, raw(values), shape);
    }

    /** Weights, which stay where they are: in the type that they have there. */
    public String weight(StoredTensor tensor) {
        return known.computeIfAbsent(List.of("weight", tensor.name()), key -> {
            files.add(tensor.file());
            String name = fresh(tensor.name());
            initializers.message(GRAPH_INITIALIZER, tensor.initializer(name));
            return name;
        });
    }

    /** Files that weights are in. */
    public Set<Path> files() {
        return Set.copyOf(files);
    }

    /** The operators written since this was asked before, as fields of a graph. */
    public byte[] newNodes() {
        byte[] written = nodes.pop().toByteArray();
        nodes.push(new ProtoWriter());
        return written;
    }

    /** All but operators: constants and inputs, as fields of a graph. */
    public byte[] surroundings() {
        return new ProtoWriter()
                .field(ByteBuffer.wrap(initializers.toByteArray()))
                .field(ByteBuffer.wrap(edges.toByteArray()))
                .toByteArray();
    }

    /** The model's bytes. */
    public byte[] toByteArray() {
        ProtoWriter graph = new ProtoWriter()
                .field(ByteBuffer.wrap(current().toByteArray()))
                .text(GRAPH_NAME, "encoder")
                .field(ByteBuffer.wrap(initializers.toByteArray()))
                .field(ByteBuffer.wrap(edges.toByteArray()));
        return new ProtoWriter()
                .varint(1, IR_VERSION)
                .message(7, graph)
                .message(8, new ProtoWriter().text(1, "").varint(2, opset))
                .message(8, new ProtoWriter().text(1, ENGINE).varint(2, 1))
                .toByteArray();
    }

    private ProtoWriter current() {
        return nodes.getFirst();
    }

    private String constant(List<Object> key, int type, byte[] raw, long... shape) {
        return known.computeIfAbsent(key, absent -> {
            String name = fresh("constant");
            ProtoWriter message = new ProtoWriter();
            for (long side : shape) {
                message.varint(TENSOR_DIMS, side);
            }
            initializers.message(
                    GRAPH_INITIALIZER,
                    message.varint(TENSOR_TYPE, type).text(TENSOR_NAME, name).bytes(TENSOR_RAW, raw));
            return name;
        });
    }

    private static byte[] raw(long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return raw.array();
    }

    private byte[] raw(float[] values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * real.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (real == ElementType.FP32) {
                raw.putFloat(value);
            } else {
                raw.putShort(HalfFloat.of(value, real));
            }
        }
        return raw.array();
    }
}
