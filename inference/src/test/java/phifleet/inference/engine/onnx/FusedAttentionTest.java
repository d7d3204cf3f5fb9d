package phifleet.inference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.inference.engine.onnx.GraphParts.integer;
import static phifleet.inference.engine.onnx.GraphParts.longs;
import static phifleet.inference.engine.onnx.GraphParts.node;
import static phifleet.inference.engine.onnx.GraphParts.real;
import static phifleet.inference.engine.onnx.GraphParts.value;
import static phifleet.inference.onnx.OnnxNode.ATTRIBUTE;
import static phifleet.inference.onnx.OnnxSignature.FLOAT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INPUT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_OUTPUT;
import static phifleet.inference.onnx.OnnxSignature.INT64;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoReader;
import phifleet.inference.onnx.ProtoWriter;
import phifleet.inference.testing.Workbench;

/** Attention of 2 heads of 4 numbers, as the engine's optimiser leaves it, over 2 texts of which the second has padding. */
class FusedAttentionTest {
    private static final String OUTPUT = "rows";
    private static final int TEXTS = 2;
    private static final int TOKENS = 5;
    private static final int WIDTH = 8;
    private static final int ATTRIBUTE_INTS = 8;
    private static final int ATTRIBUTE_TYPE = 20;
    private static final int TYPE_INTS = 7;

    @TempDir
    private Path folder;

    private ProtoWriter graph = new ProtoWriter();

    @Test
    void write_keysTurnedByTheirTranspose_givesTheSameByOneOperator() throws Exception {
        products();
        mask("real");
        attend("bias");

        assertSameByOneOperator();
    }

    @Test
    void write_keysTurnedByTheProduct_givesTheSameByOneOperator() throws Exception {
        heads("k", 0, 2, 1, 3);
        product(List.of(integer("transB", 1)));
        mask("real");
        attend("bias");

        assertSameByOneOperator();
    }

    @Test
    void write_keysTurnedTwice_givesTheSameByOneOperator() throws Exception {
        heads("straight", 0, 2, 1, 3);
        transpose("k", "straight", 0, 1, 3, 2);
        product(List.of());
        mask("real");
        attend("bias");

        assertSameByOneOperator();
    }

    @Test
    void write_biasOfPositionsBesideTheMask_isLeft() throws Exception {
        products();
        mask("real");
        graph.message(GRAPH_INITIALIZER, floats("positions", new float[TOKENS * TOKENS], 1, 1, TOKENS, TOKENS))
                .message(GRAPH_NODE, node("Add", "both", "bias", "positions"));
        attend("both");

        assertLeft();
    }

    @Test
    void write_maskOfAnotherOperator_isLeft() throws Exception {
        products();
        graph.message(
                GRAPH_NODE, node("CumSum", "counted", "real", "axis").message(ATTRIBUTE, integer("exclusive", 0)));
        graph.message(GRAPH_INITIALIZER, GraphParts.tensor("axis", 3));
        mask("counted");
        attend("bias");

        assertLeft();
    }

    @Test
    void write_softmaxOverAnotherAxis_isLeft() throws Exception {
        products();
        mask("real");
        graph.message(GRAPH_NODE, node("Add", "masked", "products", "bias"))
                .message(GRAPH_NODE, node("Softmax", "shares", "masked").message(ATTRIBUTE, integer("axis", 2)));
        join();

        assertLeft();
    }

    @Test
    void of_embeddedModels_computeEachLayersAttentionByOneOperator() throws Exception {
        for (EmbeddedModel each : EmbeddedModel.values()) {
            PreparedModel prepared = PreparedModel.of(each.spec(), Workbench.cache(), true);
            String vectors =
                    PreparedModel.output(prepared.signature(), Pooling.NONE).name();

            assertThat(operators(prepared.graph(), vectors))
                    .as("%s", each)
                    .doesNotContain("Softmax")
                    .as("text by text, or over the rectangle where weights are quantised")
                    .filteredOn(each.spec().precision() == Precision.INT8 ? "MultiHeadAttention"::equals : "If"::equals)
                    .hasSize(6);
        }
    }

    private void assertSameByOneOperator() throws IOException, OrtException {
        Path plain = write();
        Path fused = folder.resolve("fused.onnx");
        assertThat(FusedAttention.write(plain, fused, OUTPUT, true)).isTrue();

        assertThat(operators(fused, OUTPUT))
                .contains("MultiHeadAttention")
                .doesNotContain("Softmax", "FusedMatMul", "Transpose", "Mul");
        float[] expected = run(plain);
        float[] found = run(fused);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(Math.abs(found[i] - expected[i])).as("value %d", i).isLessThan(1e-6f);
        }
    }

    private void assertLeft() throws IOException, OrtException {
        Path plain = write();
        // A graph that the engine would refuse shows nothing.
        assertThat(run(plain)).hasSize(TEXTS * TOKENS * WIDTH);
        assertThat(FusedAttention.write(plain, folder.resolve("fused.onnx"), OUTPUT, true))
                .isFalse();
    }

    private void heads(String keys, int... permutation) {
        graph.message(GRAPH_INPUT, value("states", FLOAT, (long) TEXTS, (long) TOKENS, (long) WIDTH))
                .message(GRAPH_INPUT, value("attention_mask", INT64, (long) TEXTS, (long) TOKENS))
                .message(GRAPH_INITIALIZER, longs("cut", 0, 0, 2, 4))
                .message(GRAPH_INITIALIZER, longs("join", 0, 0, WIDTH))
                .message(GRAPH_INITIALIZER, longs("row", 0, 1, 1, -1))
                .message(GRAPH_INITIALIZER, floats("one", new float[] {1}))
                .message(GRAPH_INITIALIZER, floats("least", new float[] {-10_000}));
        for (String name : List.of("query", "key", "value")) {
            graph.message(GRAPH_INITIALIZER, floats(name + "/weights", random(name), WIDTH, WIDTH))
                    .message(GRAPH_NODE, node("MatMul", name + "/rows", "states", name + "/weights"))
                    .message(GRAPH_NODE, node("Reshape", name + "/cut", name + "/rows", "cut"));
        }
        transpose("q", "query/cut", 0, 2, 1, 3);
        transpose(keys, "key/cut", permutation);
        transpose("v", "value/cut", 0, 2, 1, 3);
        graph.message(GRAPH_NODE, node("Reshape", "mask", "attention_mask", "row"))
                .message(GRAPH_NODE, node("Cast", "real", "mask").message(ATTRIBUTE, integer("to", FLOAT)));
    }

    /** Of queries and keys, as most graphs have them. */
    private void products() {
        heads("k", 0, 2, 3, 1);
        product(List.of());
    }

    private void product(List<ProtoWriter> attributes) {
        ProtoWriter products = node("FusedMatMul", "products", "q", "k")
                .text(OnnxNode.DOMAIN, "com.microsoft")
                .message(ATTRIBUTE, real("alpha", 0.37f));
        attributes.forEach(attribute -> products.message(ATTRIBUTE, attribute));
        graph.message(GRAPH_NODE, products);
    }

    private void mask(String real) {
        graph.message(GRAPH_NODE, node("Sub", "padding", "one", real))
                .message(GRAPH_NODE, node("Mul", "bias", "padding", "least"));
    }

    private void attend(String bias) {
        graph.message(GRAPH_NODE, node("Add", "masked", "products", bias))
                .message(GRAPH_NODE, node("Softmax", "shares", "masked").message(ATTRIBUTE, integer("axis", -1)));
        join();
    }

    private void join() {
        graph.message(GRAPH_NODE, node("MatMul", "context", "shares", "v"));
        transpose("together", "context", 0, 2, 1, 3);
        graph.message(GRAPH_NODE, node("Reshape", OUTPUT, "together", "join"))
                .message(GRAPH_OUTPUT, value(OUTPUT, FLOAT, (long) TEXTS, (long) TOKENS, (long) WIDTH));
    }

    private void transpose(String output, String input, int... permutation) {
        ProtoWriter attribute = new ProtoWriter().text(OnnxNode.ATTRIBUTE_NAME, "perm");
        for (int axis : permutation) {
            attribute.varint(ATTRIBUTE_INTS, axis);
        }
        graph.message(
                GRAPH_NODE,
                node("Transpose", output, input).message(ATTRIBUTE, attribute.varint(ATTRIBUTE_TYPE, TYPE_INTS)));
    }

    private Path write() throws IOException {
        ProtoWriter model = new ProtoWriter()
                .varint(1, 8)
                .message(8, new ProtoWriter().text(1, "").varint(2, 14))
                .message(8, new ProtoWriter().text(1, "com.microsoft").varint(2, 1))
                .message(OnnxSignature.MODEL_GRAPH, graph.text(2, "attention"));
        return Files.write(folder.resolve("plain.onnx"), model.toByteArray());
    }

    private static List<String> operators(Path file, String output) throws IOException {
        List<String> operators = new ArrayList<>();
        ProtoReader model = new ProtoReader(ByteBuffer.wrap(Files.readAllBytes(file)));
        while (model.next()) {
            if (model.number() == OnnxSignature.MODEL_GRAPH) {
                OnnxGraph.of(GraphFile.fields(model.payload()), output)
                        .nodes()
                        .forEach(node -> operators.add(node.operator()));
            }
        }
        return operators;
    }

    private static float[] run(Path file) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] mask = {1, 1, 1, 1, 1, 1, 1, 0, 0, 0};
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor states = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(random("states")), new long[] {TEXTS, TOKENS, WIDTH});
                OnnxTensor real =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), new long[] {TEXTS, TOKENS});
                OrtSession.Result result = session.run(Map.of("states", states, "attention_mask", real))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] rows = new float[values.remaining()];
            values.get(rows);
            return rows;
        }
    }

    private static float[] random(String seed) {
        Random random = new Random(seed.hashCode());
        float[] values = new float[seed.equals("states") ? TEXTS * TOKENS * WIDTH : WIDTH * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static ProtoWriter floats(String name, float[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        ProtoWriter tensor = new ProtoWriter();
        for (long size : shape) {
            tensor.varint(OnnxSignature.TENSOR_DIMS, size);
        }
        return tensor.varint(2, FLOAT).text(OnnxSignature.TENSOR_NAME, name).bytes(9, raw.array());
    }
}
