package phifleet.inference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.engine.Specs;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.graph.EncoderGraph;
import phifleet.inference.hub.FolderWishes;
import phifleet.inference.hub.HuggingFaceFolder;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.inference.text.Embeddings;

/** What the folders of ../shared/models/encoders that are safetensors give in ways that a GPU wants. */
class RaggedSentenceModelTest {
    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    @TestFactory
    Stream<DynamicTest> sumsInTheGraph_giveWhatPoolingHereGives() throws Exception {
        List<ModelSpec> summed = families().stream()
                .filter(spec -> spec.encoding().pooling().isOneSum())
                .toList();
        assertThat(summed).hasSizeGreaterThan(5);
        return summed.stream()
                .map(spec -> DynamicTest.dynamicTest(spec.id(), () -> {
                    ModelSource.Safetensors source = (ModelSource.Safetensors) spec.source();
                    try (Model<TokenSequence, Vector> there = RaggedSentenceModel.load(
                                    spec, source, Provider.PLAIN_CPU, EncoderGraph.Output.SUMMED);
                            Model<TokenSequence, Vector> here = RaggedSentenceModel.load(
                                    spec, source, Provider.PLAIN_CPU, EncoderGraph.Output.TOKENS)) {
                        for (List<TokenSequence> batch : batches(spec)) {
                            List<Vector> expected = here.run(batch);
                            List<Vector> found = there.run(batch);
                            for (int i = 0; i < batch.size(); i++) {
                                assertThat(Embeddings.cosine(found.get(i), expected.get(i)))
                                        .isGreaterThan(0.999999);
                            }
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> fp16_ofEachFamily_isReportedAndNear() throws Exception {
        return families().stream()
                .map(spec -> DynamicTest.dynamicTest(spec.id(), () -> {
                    LoadedModel wide = Workbench.engines().load(Specs.onDevice(spec, DeviceChoice.CPU));
                    LoadedModel half = Workbench.engines().load(Specs.with(spec, DeviceChoice.CPU, Precision.FP16));
                    assertThat(half.precision()).isEqualTo(Precision.FP16);
                    assertThat(half.reproducible()).isFalse();
                    try (Model<TokenSequence, Vector> expected = wide.model();
                            Model<TokenSequence, Vector> found = half.model()) {
                        for (List<TokenSequence> batch : batches(spec)) {
                            List<Vector> right = expected.run(batch);
                            List<Vector> near = found.run(batch);
                            for (int i = 0; i < batch.size(); i++) {
                                // Less than 1, since other numbers were computed.
                                assertThat(Embeddings.cosine(near.get(i), right.get(i)))
                                        .isBetween(0.999, 0.9999999999);
                            }
                        }
                    }
                }));
    }

    @Test
    void otherPrecisions_areRefused() throws Exception {
        ModelSpec spec = Specs.with(families().getFirst(), DeviceChoice.CPU, Precision.INT4);
        assertThatThrownBy(() -> Workbench.engines().load(spec))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("precision int4 cannot be made of safetensors");
    }

    @TestFactory
    Stream<DynamicTest> int8_ofEachFamily_givesNearlyTheSameInAnyBatch() throws Exception {
        return families().stream()
                .map(spec -> DynamicTest.dynamicTest(spec.id(), () -> {
                    LoadedModel integers = Workbench.engines().load(Specs.with(spec, DeviceChoice.CPU, Precision.INT8));
                    assertThat(integers.reproducible()).isTrue();
                    try (Model<TokenSequence, Vector> expected =
                                    Workbench.engines().load(spec).model();
                            Model<TokenSequence, Vector> found = integers.model()) {
                        for (List<TokenSequence> batch : batches(spec)) {
                            List<Vector> right = expected.run(batch);
                            List<Vector> near = found.run(batch);
                            for (int i = 0; i < batch.size(); i++) {
                                assertThat(Embeddings.cosine(near.get(i), right.get(i)))
                                        .isBetween(0.99, 0.9999999999);
                                assertThat(found.run(List.of(batch.get(i)))
                                                .getFirst()
                                                .values())
                                        .isEqualTo(near.get(i).values());
                            }
                        }
                    }
                }));
    }

    private static List<ModelSpec> families() throws Exception {
        List<ModelSpec> specs = new ArrayList<>();
        try (Stream<Path> all = Files.list(SharedFiles.file("models/encoders"))) {
            for (Path folder : all.filter(Files::isDirectory).sorted().toList()) {
                try {
                    ModelSpec spec = HuggingFaceFolder.read(folder, FolderWishes.NONE)
                            .spec(String.valueOf(folder.getFileName()));
                    if (spec.source() instanceof ModelSource.Safetensors) {
                        Workbench.engines().load(spec).model().close();
                        specs.add(spec);
                    }
                } catch (ModelException refused) {
                    // EncoderFoldersTest has those.
                }
            }
        }
        assertThat(specs).hasSizeGreaterThan(15);
        return specs;
    }

    /** A text alone, and texts of equal and unequal lengths, some with a prompt. */
    private static List<List<TokenSequence>> batches(ModelSpec spec) {
        Random random = new Random(5);
        List<TokenSequence> many = new ArrayList<>();
        for (int length : new int[] {3, 9, 3, 20, 1, 20, 7}) {
            int[] ids = random.ints(Math.min(length, spec.encoding().input().maxTokens()), 5, 20)
                    .toArray();
            many.add(new TokenSequence(ids, length % 2 * Math.min(2, ids.length - 1), 0));
        }
        return List.of(List.of(many.get(1)), List.of(many.get(4)), many);
    }
}
