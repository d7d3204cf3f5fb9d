package phifleet.inference.graph;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.part.Attribute;
import phifleet.inference.graph.part.Graph;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.model.ElementType;

/**
 * Products with matrices in 8-bit integers. Each row that is multiplied is made integers by its own least and greatest number,
 * whatever else is in its batch, so that a result is the same bit for bit in any batch; each column of the weights by its own
 * greatest. One product computes
 *
 * <pre>  y = m · ((q − z) W) · c = m · (q W · c) − m z · (Σ W · c),   q = round(x / (s m)) + z in 0 … 255 </pre>
 *
 * <p>with a step {@code m} and a zero {@code z} a row, a step {@code c} a column of the weights, and a divisor {@code s} for each
 * number of a row, which moves outliers into the weights [1].
 *
 * <p>For graphs that were written elsewhere. One thread.
 *
 * <p>[1] G. Xiao et al.: SmoothQuant, ICML 2023.
 */
public final class RowInt8 {
    private static final String PREFIX = "phifleet_int8_";

    /** Between the least number of a row and its greatest. */
    private static final float STEPS = 255;

    /** The step of a row of zeros. */
    private static final float LEAST_STEP = 1e-12f;

    private final Graph graph;

    /**
     * @param opset the version of the graph's operators: 10 or newer, since from there on places of a {@code Slice} are inputs
     */
    public RowInt8(long opset) {
        this.graph = new Graph(ElementType.FP32, opset, PREFIX);
    }

    /** A model of one product of bytes: {@code rows}, unsigned, n × k, with {@code weights}, signed, k × m, is {@code result}. */
    public static byte[] product() {
        Graph graph = new Graph(ElementType.FP32);
        String rows = graph.input("rows", ElementType.UINT8.onnx(), "n", "k");
        String weights = graph.input("weights", ElementType.INT8.onnx(), "k", "m");
        graph.output("result", graph.op("MatMulInteger", List.of(rows, weights)), ElementType.INT32.onnx(), "n", "m");
        return graph.toByteArray();
    }

    /**
     * Rows that were made integers.
     *
     * @param values rows × width
     * @param step rows × 1
     * @param offset rows × 1: the step times the zero
     * @param leading the sizes of what they were made of, without the last
     */
    public record Rows(String values, String step, String offset, String leading) {}

    /**
     * A matrix of weights.
     *
     * @param values in × out, 8-bit integers
     * @param steps one a column
     * @param sums of each column's numbers, negated, 1 × out
     */
    public record Weights(StoredTensor values, StoredTensor steps, StoredTensor sums) {}

    /** What was written: a value of rows × out, and the shape that it has to be given. */
    public record Product(String rows, String shape) {}

    /**
     * Makes integers of rows.
     *
     * @param x … × width, 32-bit floats
     * @param inverse what each number is multiplied by before, one for each of a row
     */
    public Rows rows(String x, int width, StoredTensor inverse) {
        String rows = graph.op("Reshape", List.of(x, graph.longs(-1, width)));
        String smooth = graph.op("Mul", List.of(rows, graph.weight(inverse)));
        String above = graph.op("Relu", List.of(graph.reduced("ReduceMax", smooth, 1)));
        String below = graph.op("Relu", List.of(graph.op("Neg", List.of(graph.reduced("ReduceMin", smooth, 1)))));
        String span = graph.op("Mul", List.of(graph.op("Add", List.of(above, below)), graph.scalar(1 / STEPS)));
        String step = graph.op("Add", List.of(span, graph.scalar(LEAST_STEP)));
        // A cast cuts off what is behind the point.
        String zero = graph.op("Add", List.of(graph.op("Div", List.of(below, step)), graph.scalar(0.5f)));
        String whole = cast(zero, ElementType.UINT8);
        String values =
                graph.engineOp("QuantizeLinear", List.of(smooth, flat(step), flat(whole)), Attribute.of("axis", 0));
        String offset = graph.op("Mul", List.of(step, cast(whole, ElementType.FP32)));
        String leading = graph.op("Slice", List.of(graph.op("Shape", List.of(x)), graph.longs(0), graph.longs(-1)));
        return new Rows(values, step, offset, leading);
    }

    /**
     * Multiplies them.
     *
     * @param bias added to each row, one number a column; null for none
     */
    public Product product(Rows rows, Weights weights, int out, @Nullable String bias) {
        String integers = graph.engineOp(
                "MatMulIntegerToFloat",
                List.of(
                        rows.values(),
                        graph.weight(weights.values()),
                        graph.scalar(1f),
                        graph.weight(weights.steps())));
        String scaled = graph.op("Mul", List.of(integers, rows.step()));
        String moved = graph.op("Gemm", List.of(rows.offset(), graph.weight(weights.sums()), scaled));
        return new Product(
                bias == null ? moved : graph.op("Add", List.of(moved, bias)),
                graph.op("Concat", List.of(rows.leading(), graph.longs(out)), Attribute.of("axis", 0)));
    }

    /** The operators written since this was asked before, as fields of a graph. */
    public ByteBuffer newNodes() {
        return ByteBuffer.wrap(graph.newNodes());
    }

    /** What all of them need beside operators, as fields of a graph. */
    public ByteBuffer surroundings() {
        return ByteBuffer.wrap(graph.surroundings());
    }

    private String flat(String column) {
        return graph.op("Reshape", List.of(column, graph.longs(-1)));
    }

    private String cast(String value, ElementType type) {
        return graph.op("Cast", List.of(value), Attribute.of("to", type.onnx()));
    }
}
