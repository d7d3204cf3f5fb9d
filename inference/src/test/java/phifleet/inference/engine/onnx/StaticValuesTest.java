package phifleet.inference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static phifleet.inference.engine.onnx.GraphParts.integer;
import static phifleet.inference.engine.onnx.GraphParts.integers;
import static phifleet.inference.engine.onnx.GraphParts.node;
import static phifleet.inference.onnx.OnnxNode.ATTRIBUTE;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.ProtoWriter;

class StaticValuesTest {
    private final Map<String, OnnxConstant> constants = new HashMap<>();
    private final Map<String, OnnxNode> makers = new HashMap<>();
    private final StaticValues statics = new StaticValues(constants, makers);

    /** As torch.onnx writes {@code scaled_dot_product_attention}: the root of 1 / sqrt(width) on both sides. */
    @Test
    void number_scaleOfTheShapeOfQueries_isKnown() {
        row("free", -1);
        row("heads", 4);
        row("width", 16);
        row("end", Long.MAX_VALUE);
        constants.put("one", new OnnxConstant(List.of(1L), List.of(), 1));
        add(node("Concat", "cut", "batch", "free", "heads", "width").message(ATTRIBUTE, integer("axis", 0)));
        add(node("Reshape", "apart", "rows", "cut"));
        add(node("Transpose", "queries", "apart").message(ATTRIBUTE, integers("perm", 0, 2, 1, 3)));
        add(node("Shape", "shape", "queries"));
        add(node("Slice", "last", "shape", "free", "end"));
        add(node("Cast", "real", "last").message(ATTRIBUTE, integer("to", 1)));
        add(node("Sqrt", "root", "real"));
        add(node("Div", "scale", "one", "root"));
        add(node("Sqrt", "half", "scale"));

        assertThat(statics.number("half")).isCloseTo(0.5, within(1e-12));
        assertThat(statics.numbers("shape")).containsExactly(Double.NaN, 4, Double.NaN, 16);
    }

    @Test
    void number_ofABatch_isNotKnown() {
        add(node("Shape", "shape", "input"));
        row("first", 0);
        add(node("Gather", "texts", "shape", "first").message(ATTRIBUTE, integer("axis", 0)));

        assertThat(statics.number("texts")).isNaN();
        assertThat(statics.number("input")).isNaN();
    }

    @Test
    void numbers_placesOutOfTheRow_areNotKnown() {
        row("row", 5, 6);
        row("places", -1, 0, 2);
        add(node("Gather", "picked", "row", "places"));

        assertThat(statics.numbers("picked")).containsExactly(6, 5, Double.NaN);
    }

    private void row(String name, long... values) {
        constants.put(
                name,
                new OnnxConstant(
                        List.of((long) values.length),
                        LongStream.of(values).boxed().toList(),
                        Double.NaN));
    }

    private void add(ProtoWriter written) {
        OnnxNode node = OnnxNode.read(ByteBuffer.wrap(written.toByteArray()));
        makers.put(node.outputs().getFirst(), node);
    }
}
