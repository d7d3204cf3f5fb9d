package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phifleet.common.settings.SettingsReader;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.serving.LaneOptions;

class WorkerSettingsTest {
    private static WorkerSettings read(String yaml) {
        SettingsReader reader = SettingsReader.ofYaml("worker.yaml", yaml, "PHI_", Map.of());
        WorkerSettings settings = WorkerSettings.read(reader, 4, Path.of("/home/x"));
        reader.finish();
        return settings;
    }

    @Test
    void read_nothing_isTheDefaults() {
        WorkerSettings settings = read("");
        assertThat(settings.id()).isNull();
        assertThat(settings.node()).isNull();
        assertThat(settings.models()).isNull();
        assertThat(settings.listsModels()).isFalse();
        assertThat(settings.modelsFolder()).isNull();
        assertThat(settings.modelsPoll()).isZero();
        assertThat(settings.modelsMemory()).isZero();
        assertThat(settings.engines())
                .isEqualTo(new EngineSettings(
                        Path.of("/home/x/.cache/phi-fleet"),
                        null,
                        EngineSettings.Gpu.USUAL,
                        new EngineSettings.AloneThreads(4, false)));
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.driftCheck()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.lane())
                .isEqualTo(new LaneOptions(
                        LaneOptions.Batching.LENGTH_AWARE, 262_144, 16L << 20, Duration.ofSeconds(10), 512, 256, 0, 0));
    }

    @Test
    void read_everySetting_isMapped() {
        WorkerSettings settings = read("""
                id: w1
                node: machine-7
                models: m.yaml
                models-dir: d
                models-dir-poll-ms: 5
                models-memory-mb: 100
                cache: /c
                onnxruntime-library: /o
                gpu: {provider: tensorrt, memory-mb: 512, arena: exact, tf32: true, loops: 2}
                drain-timeout-ms: 7
                drift-check-ms: 0
                batching: {policy: arrival-order, queue-tokens: 1000, queue-elements: 2000, queue-ms: 70, batch-items: 8, window: 16, loops: 3, threads-when-idle: 2}
                http: {port: 1}
                """);
        assertThat(settings.id()).isEqualTo("w1");
        assertThat(settings.node()).isEqualTo("machine-7");
        assertThat(settings.models()).isEqualTo(Path.of("m.yaml"));
        assertThat(settings.modelsFolder()).isEqualTo(Path.of("d"));
        assertThat(settings.modelsPoll()).isEqualTo(Duration.ofMillis(5));
        assertThat(settings.modelsMemory()).isEqualTo(100L << 20);
        assertThat(settings.engines())
                .isEqualTo(new EngineSettings(
                        Path.of("/c"),
                        Path.of("/o"),
                        new EngineSettings.Gpu(
                                EngineSettings.GpuProvider.TENSORRT, new Provider.GpuMemory(512L << 20, true), true),
                        new EngineSettings.AloneThreads(2, true)));
        assertThat(settings.drain()).isEqualTo(Duration.ofMillis(7));
        assertThat(settings.driftCheck()).isZero();
        assertThat(settings.lane())
                .isEqualTo(new LaneOptions(
                        LaneOptions.Batching.ARRIVAL_ORDER, 1000, 2000, Duration.ofMillis(70), 8, 16, 3, 2));
        assertThat(settings.http().port()).isEqualTo(1);
    }

    @Test
    void read_threadsWhenIdle_areAsManyAsLoops_andEightAtMost() {
        assertThat(read("batching: {loops: 3}").engines().alone()).isEqualTo(new EngineSettings.AloneThreads(3, false));
        assertThat(read("batching: {loops: 64}").engines().alone())
                .isEqualTo(new EngineSettings.AloneThreads(8, false));
    }

    @Test
    void read_listOfModels_isLeftToWhoeverReadsModels() {
        WorkerSettings settings = read("""
                server: {host: 127.0.0.1, port: 9}
                models:
                  - {name: a, path: p, batch_size: 8, batch_timeout_ms: 5}
                """);
        assertThat(settings.listsModels()).isTrue();
        assertThat(settings.models()).isNull();
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(9);
    }

    @Test
    void read_variableForTheModels_winsOverTheList() {
        SettingsReader reader =
                SettingsReader.ofYaml("config.yaml", "models: [{name: a}]", "PHI_", Map.of("PHI_MODELS", "m.yaml"));
        WorkerSettings settings = WorkerSettings.read(reader, 4, Path.of("/home/x"));
        reader.finish();
        assertThat(settings.listsModels()).isFalse();
        assertThat(settings.models()).isEqualTo(Path.of("m.yaml"));
    }
}
