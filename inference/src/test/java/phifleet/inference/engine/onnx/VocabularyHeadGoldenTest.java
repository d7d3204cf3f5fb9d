package phifleet.inference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.graph.EncoderGraph;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.FamilyGolden;
import phifleet.inference.testing.Workbench;

/**
 * The heads of masked language models, made of weights alone, against transformers 4.57 and 5.24 in 64-bit floats: of each token of the
 * vocabulary the largest number that any token of a text gives.
 */
class VocabularyHeadGoldenTest {
    private static final String RESOURCE = "/phifleet/inference/graph/vocabulary-heads.json";

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    @TestFactory
    Stream<DynamicTest> head_ofEachFamily_givesTheLargestNumbersOfItsReference(@TempDir Path folders)
            throws IOException {
        return FamilyGolden.read(RESOURCE).entrySet().stream()
                .map(head -> DynamicTest.dynamicTest(
                        head.getKey(),
                        () -> check(
                                FamilyGolden.of(head.getKey(), head.getValue()),
                                head.getValue().path("cases"),
                                folders)));
    }

    private static void check(FamilyGolden golden, JsonNode cases, Path folders) throws IOException, ModelException {
        ModelSource.Safetensors source = golden.write(Files.createDirectory(folders.resolve(golden.name())));
        try (RaggedSentenceModel model = RaggedSentenceModel.load(
                spec(golden.name(), source), source, source.weights().resolveSibling(""), Provider.PLAIN_CPU)) {
            for (JsonNode text : cases) {
                int tokens = text.path("tokens").asInt();
                Vector largest = model.run(List.of(new TokenSequence(golden.ids(tokens))))
                        .getFirst();
                assertThat(largest.dimension()).isEqualTo(text.path("most").size());
                for (int i = 0; i < largest.dimension(); i++) {
                    double expected = text.path("most").get(i).asDouble();
                    assertThat((double) largest.get(i))
                            .as("%d tokens, token %d", tokens, i)
                            .isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
                }
            }
        }
    }

    /** Of one token and of many, each number that is over 0 by one logarithm of one more, and by two. */
    @ParameterizedTest
    @CsvSource({"1, sum", "2, sum_of_twice"})
    void head_ofWhichSumsAreWanted_givesThoseOfItsReference(int squashed, String key, @TempDir Path folder)
            throws IOException, ModelException {
        JsonNode head = Objects.requireNonNull(FamilyGolden.read(RESOURCE).get("bert"));
        FamilyGolden golden = FamilyGolden.of("bert", head);
        ModelSource.Safetensors source = golden.write(folder);
        ModelSpec spec = spec("bert", source, squashed, true);
        try (RaggedSentenceModel model = RaggedSentenceModel.load(spec, source, folder, Provider.PLAIN_CPU)) {
            List<TokenSequence> texts = head.path("cases")
                    .valueStream()
                    .map(text ->
                            new TokenSequence(golden.ids(text.path("tokens").asInt())))
                    .toList();
            List<Vector> together = model.run(texts);
            for (int i = 0; i < texts.size(); i++) {
                JsonNode expected = head.path("cases").get(i).path(key);
                assertThat(expected).isNotEmpty();
                for (int token = 0; token < expected.size(); token++) {
                    assertThat((double) together.get(i).get(token))
                            .as("text %d, token %d", i, token)
                            .isCloseTo(expected.get(token).asDouble(), within(1e-4));
                }
            }
        }
    }

    @Test
    void head_withoutTheWeightsThatItsSettingsPromise_isRefusedByTheirName(@TempDir Path folder) throws IOException {
        JsonNode head = Objects.requireNonNull(FamilyGolden.read(RESOURCE).get("bert-own-words"));
        FamilyGolden whole = FamilyGolden.of("bert-own-words", head);
        Map<String, JsonNode> fewer = new TreeMap<>(whole.tensors());
        fewer.remove("cls.predictions.decoder.weight");
        ModelSource.Safetensors source = new FamilyGolden(whole.name(), whole.config(), fewer, List.of()).write(folder);
        assertThatThrownBy(() -> EncoderGraph.write(
                        source.config(), source.weights(), 16, false, EncoderGraph.Output.LARGEST, ElementType.FP32))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cls.predictions.decoder.weight");
    }

    private static ModelSpec spec(String id, ModelSource source) {
        return spec(id, source, 1, false);
    }

    private static ModelSpec spec(String id, ModelSource source, int squashed, boolean summed) {
        return new ModelSpec(
                id,
                List.of(),
                source,
                EngineKind.ONNXRUNTIME,
                DeviceChoice.CPU,
                Precision.FP32,
                null,
                ModelSpec.Scheduling.DEFAULT,
                new Task.SparseEncoding(new TokenInput(32, 0, true), squashed, summed, null, Recipe.PLAIN));
    }
}
