package phifleet.benchmark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import phifleet.benchmark.targets.Dialect;
import phifleet.benchmark.targets.TargetSettings;

class SettingsFileTest {
    private static final String REST = """
            models: {m: {huggingface_id: a/m}}
            targets: {t: {start: x}}
            """;

    private static JsonNode yaml(String text) {
        return new JsonMapper().valueToTree(new Yaml().load(text));
    }

    private static List<String> mistakes(String text) {
        PlanException e = catchThrowableOfType(PlanException.class, () -> SettingsFile.read("file", yaml(text)));
        return e.mistakes();
    }

    @Test
    void read_fewKeys_usualValues() throws Exception {
        BenchmarkSettings settings =
                SettingsFile.read("file", yaml("scenarios: [{name: s, num_requests: 10}]\n" + REST));

        assertThat(settings.test().warmupRequests()).isEqualTo(100);
        assertThat(settings.test().sequenceLengths()).containsExactly(32, 128, 512);
        assertThat(settings.rounds()).isEqualTo(3);
        assertThat(settings.scenarios())
                .containsExactly(new Scenario(
                        "s",
                        1,
                        10,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        new Lengths.Exact(List.of(32, 128, 512)),
                        0));
    }

    @Test
    void read_openLoop_rateAndDurationAndAddress() throws Exception {
        BenchmarkSettings settings = SettingsFile.read("file", yaml("""
                scenarios: [{name: s, rate: 40, duration: 2.5, lengths: mixed, batch_priority: 0.5}]
                models: {m: {huggingface_id: a/m}}
                targets: {t: {kind: url, url: "http://127.0.0.1:81", dialect: tei, model: x}}
                """));

        Scenario scenario = settings.scenarios().getFirst();
        assertThat(scenario.duration()).contains(Duration.ofMillis(2500));
        assertThat(scenario.openRequests()).isEqualTo(100);
        assertThat(scenario.lengths()).isEqualTo(new Lengths.Mixed());
        assertThat(settings.targets().getFirst()).isInstanceOfSatisfying(TargetSettings.Address.class, address -> {
            assertThat(address.dialect()).isEqualTo(Dialect.TEI);
            assertThat(address.url()).hasPort(81);
        });
    }

    @Test
    void read_manyMistakes_allWithKeyValueBound() {
        List<String> mistakes = mistakes("""
                test_config: {warmup_requests: -1, sequence_lengths: [2], colour: red}
                rounds: 0
                scenarios:
                  - {name: s, num_requests: 5, concurrency: 0, batch_size: x}
                  - {name: s, num_requests: 5, duration: 1}
                  - {name: no-end, rate: 0}
                  - {name: odd, num_requests: 5, lengths: dataset}
                models: {m: {huggingface_id: a/m, type: image}}
                targets:
                  a: {dialect: klingon, start: x}
                  b: {kind: url, url: ftp://x}
                  c: {kind: magic, start: x}
                """);

        assertThat(mistakes)
                .contains(
                        "test_config.warmup_requests is -1, and must be a whole number from 0 to 1000000",
                        "test_config.sequence_lengths is [2], and must be a list of whole numbers from 3 to 8192",
                        "rounds is 0, and must be a whole number from 1 to 1000",
                        "scenarios[0].concurrency is 0, and must be a whole number from 1 to 10000",
                        "scenarios has the name 's' twice",
                        "targets.c.kind is \"magic\", and must be process or url")
                .anyMatch(one -> one.startsWith("test_config.colour is no key; there are "))
                .anyMatch(one -> one.startsWith("scenarios[0].batch_size is \"x\""))
                .anyMatch(one -> one.startsWith("scenarios[1].num_requests"))
                .anyMatch(one -> one.startsWith("scenarios[2].num_requests"))
                .anyMatch(one -> one.startsWith("scenarios[2].rate is 0"))
                .anyMatch(one -> one.startsWith("scenarios[3].lengths is dataset"))
                .anyMatch(one -> one.startsWith("models.m.type is image"))
                .anyMatch(one -> one.startsWith("targets.a.dialect is klingon"))
                .anyMatch(one -> one.startsWith("targets.b.url is ftp://x"));
    }

    @Test
    void read_notAMapping_saidSo() {
        assertThat(mistakes("[1]")).anyMatch(one -> one.startsWith("the file is [1]"));
        assertThat(mistakes("scenarios: 5\n" + REST)).contains("scenarios is 5, and must be a list");
    }

    @Test
    void read_shippedFile_isRight() throws Exception {
        BenchmarkSettings settings = SettingsFile.read(Path.of("../config/benchmark.yaml"));

        assertThat(settings.scenarios())
                .extracting(Scenario::name)
                .startsWith("single_query", "low_concurrency", "medium_concurrency", "high_concurrency");
        assertThat(settings.model("all-minilm-l6-v2")).isPresent();
        assertThat(settings.target("phi-fleet")).isPresent();
    }
}
