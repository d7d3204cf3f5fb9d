package phifleet.benchmark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.benchmark.targets.TargetSettings;

/** The files that the first design has: {@code benchmark.yaml} with loads alone, {@code models.yaml} beside it with the table of models. */
class FirstDesignFilesTest {
    private static final String MODELS = """
            models:
              all-minilm-l6-v2:
                name: all-MiniLM-L6-v2
                huggingface_id: sentence-transformers/all-MiniLM-L6-v2
                type: text_embedding
                max_seq_length: 256
                embedding_dim: 384
                paths:
                  pytorch: models/minilm/pytorch
                  onnx: models/minilm/model.onnx
                  openvino: models/minilm/model.xml
            """;

    @TempDir
    private Path folder;

    private Path benchmark;

    @BeforeEach
    void write() throws Exception {
        benchmark = folder.resolve("benchmark.yaml");
        Files.writeString(benchmark, """
                test_config:
                  warmup_requests: 50
                  dataset: data/msmarco.tsv
                  sequence_lengths: [64, 256]
                scenarios:
                  - name: single_query
                    concurrency: 1
                    num_requests: 1000
                    batch_size: 1
                  - name: high_concurrency
                    concurrency: 64
                    num_requests: 20000
                    batch_size: 8
                """);
        Files.writeString(folder.resolve("models.yaml"), MODELS);
    }

    @Test
    void read_bothFiles_everyKeyIsHeeded() throws Exception {
        BenchmarkSettings settings = SettingsFile.read(benchmark);

        assertThat(settings.test().warmupRequests()).isEqualTo(50);
        assertThat(settings.test().dataset()).contains("data/msmarco.tsv");
        assertThat(settings.test().sequenceLengths()).containsExactly(64, 256);
        assertThat(settings.scenarios())
                .containsExactly(closed("single_query", 1, 1000, 1), closed("high_concurrency", 64, 20_000, 8));
        assertThat(settings.models())
                .containsExactly(new BenchmarkModel(
                        "all-minilm-l6-v2",
                        "all-MiniLM-L6-v2",
                        "sentence-transformers/all-MiniLM-L6-v2",
                        "text_embedding",
                        256,
                        384,
                        Map.of(
                                "pytorch", "models/minilm/pytorch",
                                "onnx", "models/minilm/model.onnx",
                                "openvino", "models/minilm/model.xml")));
    }

    private static Scenario closed(String name, int concurrency, long requests, int batchSize) {
        return new Scenario(
                name,
                concurrency,
                requests,
                batchSize,
                Optional.empty(),
                Optional.empty(),
                new Lengths.Exact(List.of(64, 256)),
                0);
    }

    @Test
    void read_emptyFile_itsDefaults() throws Exception {
        Files.writeString(benchmark, "");

        BenchmarkSettings settings = SettingsFile.read(benchmark);

        assertThat(settings.test().warmupRequests()).isEqualTo(100);
        assertThat(settings.test().sequenceLengths()).containsExactly(32, 128, 512);
        assertThat(settings.scenarios())
                .extracting(Scenario::name, Scenario::concurrency, Scenario::requests, Scenario::batchSize)
                .containsExactly(
                        tuple("single_query", 1, 1000L, 1),
                        tuple("low_concurrency", 4, 5000L, 1),
                        tuple("medium_concurrency", 16, 10_000L, 1),
                        tuple("high_concurrency", 64, 20_000L, 1));
        assertThat(settings.scenarios())
                .extracting(Scenario::lengths)
                .containsOnly(new Lengths.Exact(List.of(32, 128, 512)));
        assertThat(settings.targets())
                .extracting(TargetSettings::name)
                .containsExactlyInAnyOrder(
                        "phi-fleet", "onnx-python", "onnx-rust", "onnx-cpp", "candle", "pytorch", "openvino");
    }

    @Test
    void read_shippedFile_saysTheDefaultsAgain() throws Exception {
        BenchmarkSettings shipped = SettingsFile.read(Path.of("../config/benchmark.yaml"));
        Files.writeString(benchmark, "");
        BenchmarkSettings usual = SettingsFile.read(benchmark);

        assertThat(shipped.scenarios()).startsWith(usual.scenarios().toArray(Scenario[]::new));
        assertThat(shipped.targets()).isEqualTo(usual.targets());
        assertThat(shipped.test().warmupRequests()).isEqualTo(usual.test().warmupRequests());
        assertThat(usual.targets())
                .allSatisfy(target -> assertThat(target)
                        .isInstanceOfSatisfying(
                                TargetSettings.Started.class,
                                started -> assertThat(Path.of("..", started.start()))
                                        .isExecutable()));
    }

    @Test
    void read_modelsInBothFiles_thoseOfTheFileItself() throws Exception {
        Files.writeString(benchmark, "models: {mine: {huggingface_id: a/mine}}\n");

        assertThat(SettingsFile.read(benchmark).models())
                .extracting(BenchmarkModel::id)
                .containsExactly("mine");
    }

    @Test
    void read_mistakesInTheTable_namedWithItsFile() throws Exception {
        Files.writeString(
                folder.resolve("models.yaml"), MODELS.replace("384", "0").replace("256", "-1") + "more: 1\n");

        PlanException e = catchThrowableOfType(PlanException.class, () -> SettingsFile.read(benchmark));

        assertThat(e.mistakes())
                .contains(
                        "models.yaml.models.all-minilm-l6-v2.max_seq_length is -1, and must be a whole number from 3 to 8192",
                        "models.yaml.models.all-minilm-l6-v2.embedding_dim is 0, and must be a whole number from 1 to 100000",
                        "models.yaml.more is no key; there are models");
    }

    @Test
    void read_workersListOfModels_saidSo() throws Exception {
        Files.writeString(folder.resolve("models.yaml"), "models: [{id: all-minilm-l6-v2}]\n");

        PlanException e = catchThrowableOfType(PlanException.class, () -> SettingsFile.read(benchmark));

        assertThat(e.mistakes()).anyMatch(one -> one.startsWith("models.yaml.models is [") && one.contains("mapping"));
    }
}
