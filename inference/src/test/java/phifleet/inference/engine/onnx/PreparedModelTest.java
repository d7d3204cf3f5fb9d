package phifleet.inference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.engine.Specs;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.graph.RowAttention;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoWriter;
import phifleet.inference.testing.Workbench;
import phifleet.inference.text.Embeddings;

class PreparedModelTest {
    private static final TokenSequence TEXT = new TokenSequence(new int[] {5, 99, 7, 300, 8});

    @TempDir
    private Path folder;

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    /** As on a GPU, as on a CPU. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fp16_ofAnExportedBert_givesNearlyTheSame(boolean rewritten) throws Exception {
        ModelSpec wide = bert();
        double cosine =
                Embeddings.cosine(vector(wide, rewritten), vector(Specs.inPrecision(wide, Precision.FP16), rewritten));
        assertThat(cosine).isBetween(0.9999, 0.99999999);
    }

    @Test
    void fp16_rewrittenForACpu_keepsWhatWasFusedAndPacked() throws Exception {
        PreparedModel prepared = PreparedModel.of(Specs.inPrecision(bert(), Precision.FP16), folder, true);
        assertThat(operators(prepared.graph())).contains("MultiHeadAttention", "SkipLayerNormalization");
        assertThat(prepared.signature().inputs()).extracting("name").contains(PackedGraph.TOKENS, PoolingGraph.WEIGHTS);
        assertThat(ReducedPrecision.isWide(prepared.graph())).isFalse();
        // One for the mask, which is integers outside, and one for the pooling, which stays in 32 bits.
        assertThat(operators(prepared.graph())).filteredOn("Cast"::equals).hasSize(2);
    }

    @Test
    void fp32_rewrittenForACpu_takesTokensInARowAndGivesThemSo() throws Exception {
        ModelSpec bert = bert();
        PreparedModel prepared = PreparedModel.of(bert, folder, true);

        assertThat(prepared.signature().inputs())
                .extracting("name")
                .contains(PackedGraph.TOKENS, RowAttention.SPANS)
                .doesNotContain(PackedGraph.PLACES, PoolingGraph.WEIGHTS, GraphInputs.MASK);
        assertThat(prepared.signature().outputs()).extracting("name").containsExactly(FusedAttention.TOKEN_ROWS);
        try (OnnxSentenceModel plain = OnnxSentenceModel.load(bert, folder, Provider.PLAIN_CPU, false);
                OnnxSentenceModel inARow = OnnxSentenceModel.load(bert, folder, Provider.PLAIN_CPU, true)) {
            assertThat(plain.padding()).isEqualTo(Padding.EVERYWHERE);
            assertThat(inARow.padding()).isEqualTo(Padding.NOWHERE);
            List<TokenSequence> batch = IntStream.of(9, 1, 30, 9, 4)
                    .mapToObj(length -> new TokenSequence(
                            IntStream.range(1, length + 1).map(i -> i * 7).toArray()))
                    .toList();
            List<Vector> expected = plain.run(batch);
            List<Vector> found = inARow.run(batch);
            for (int i = 0; i < batch.size(); i++) {
                assertThat(Embeddings.cosine(expected.get(i), found.get(i))).isGreaterThan(0.999999);
            }
        }
    }

    /** Two nodes of one name are refused by the engine, and names are free: those of a graph that was rewritten before too. */
    @Test
    void of_nodesNamedLikeOurs_isTakenAllTheSame() throws Exception {
        ModelSpec spec = bert();
        Path named = folder.resolve("named.onnx");
        GraphFile.rewrite(folder.resolve("model.onnx"), named, fields -> {
            List<ByteBuffer> result = new ArrayList<>();
            for (ByteBuffer field : fields) {
                if (GraphFile.number(field) == OnnxSignature.GRAPH_NODE) {
                    ProtoWriter node = new ProtoWriter();
                    GraphFile.fields(GraphFile.payload(field)).forEach(node::field);
                    String output =
                            OnnxNode.read(GraphFile.payload(field)).outputs().getFirst();
                    node.text(OnnxNode.NAME, "phifleet/" + output);
                    result.add(ByteBuffer.wrap(new ProtoWriter()
                            .message(OnnxSignature.GRAPH_NODE, node)
                            .toByteArray()));
                } else {
                    result.add(field);
                }
            }
            return result;
        });
        ModelSpec again = Specs.onnx(named, 512);
        for (Precision precision : List.of(Precision.FP32, Precision.FP16)) {
            assertThat(Embeddings.cosine(vector(spec, true), vector(Specs.inPrecision(again, precision), true)))
                    .isGreaterThan(0.9999);
        }
    }

    private ModelSpec bert() throws Exception {
        return Specs.onDevice(Specs.onnx(RandomBert.write(folder.resolve("model.onnx"), 1), 512), DeviceChoice.CPU);
    }

    private Vector vector(ModelSpec spec, boolean rewritten) throws ModelException {
        try (OnnxSentenceModel model = OnnxSentenceModel.load(spec, folder, Provider.PLAIN_CPU, rewritten)) {
            return model.run(List.of(TEXT)).getFirst();
        }
    }

    private static List<String> operators(Path graph) throws Exception {
        List<String> operators = new ArrayList<>();
        GraphFile.rewrite(graph, Files.createTempFile(graph.resolveSibling(""), "copy", ""), fields -> {
            for (ByteBuffer field : fields) {
                if (GraphFile.number(field) == OnnxSignature.GRAPH_NODE) {
                    operators.add(OnnxNode.read(GraphFile.payload(field)).operator());
                }
            }
            return fields;
        });
        return operators;
    }
}
