package phifleet.benchmark.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.benchmark.command.Options.UsageException;
import phifleet.benchmark.plan.Scenario;
import phifleet.benchmark.targets.TargetSettings;

class ChosenTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(folder.resolve("benchmark.yaml"), """
                scenarios:
                  - {name: counted, concurrency: 4, num_requests: 500}
                  - {name: timed, duration: 30, batch_size: 8}
                models: {m: {huggingface_id: a/m}}
                targets: {one: {start: x}, other: {start: y}}
                """);
    }

    private Chosen chosen(String... options) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("--config", folder.resolve("benchmark.yaml").toString()));
        for (String place : List.of("root", "models", "results", "logs")) {
            all.addAll(List.of("--" + place, folder.toString()));
        }
        all.addAll(List.of(options));
        return Chosen.of(Options.of(all.toArray(String[]::new), 0));
    }

    @Test
    void of_nothingNamed_allAsTheFileSays() throws Exception {
        Chosen all = chosen();

        assertThat(all.settings().scenarios()).extracting(Scenario::requests).containsExactly(500L, Long.MAX_VALUE);
        assertThat(all.targets()).extracting(TargetSettings::name).containsExactly("one", "other");
    }

    @Test
    void of_seconds_everyScenarioLastsSoLong() throws Exception {
        Chosen brief = chosen("--seconds", "2.5");

        assertThat(brief.settings().scenarios()).allSatisfy(one -> {
            assertThat(one.duration()).contains(Duration.ofMillis(2500));
            assertThat(one.requests()).isEqualTo(Long.MAX_VALUE);
        });
        assertThat(brief.settings().scenarios()).extracting(Scenario::batchSize).containsExactly(1, 8);
    }

    @Test
    void of_unknownTarget_namesThoseThereAre() {
        assertThatThrownBy(() -> chosen("--targets", "none"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("one, other");
    }
}
