package phifleet.worker.residence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.model.ModelException;

class LoadFaultTest {
    @Test
    void of_whatFailed_isItsKind() {
        assertThat(LoadFault.of(new ModelException("m: CUDA out of memory"))).isEqualTo(LoadFault.NO_MEMORY);
        assertThat(LoadFault.of(new ModelException("m", new NoSuchFileException("weights"))))
                .isEqualTo(LoadFault.MISSING);
        assertThat(LoadFault.of(new ModelException("m", new HubException(HubException.Reason.NO_NETWORK, "n"))))
                .isEqualTo(LoadFault.NETWORK);
        assertThat(LoadFault.of(new ModelException("config.json: model_type rwkv is not known")))
                .isEqualTo(LoadFault.UNKNOWN_ARCHITECTURE);
        assertThat(LoadFault.of(new ModelException("m: its golden answers differ")))
                .isEqualTo(LoadFault.CORRUPT);
    }

    @Test
    void coolDown_growsWithFailuresInARow_toABound() {
        Duration first = LoadFault.NETWORK.coolDown(1);
        assertThat(LoadFault.NETWORK.coolDown(2)).isEqualTo(first.multipliedBy(2));
        assertThat(LoadFault.NETWORK.coolDown(100)).isEqualTo(first.multipliedBy(32));
    }

    @Test
    void memory_forModels_isTheLeastThatIsKnown_lessTheHeap() {
        assertThat(ProcessMemory.forModels(1000, OptionalLong.empty(), 100)).isEqualTo(800);
        assertThat(ProcessMemory.forModels(1000, OptionalLong.of(500), 100)).isEqualTo(350);
        assertThat(ProcessMemory.forModels(1000, OptionalLong.of(500), 490)).isEqualTo(125);
    }

    @Test
    void history_isKeptInAFile_andAnotherModelOfTheNameIsAnother(@TempDir Path folder) {
        Path file = folder.resolve("cache/loads.properties");
        new LoadHistory(file).loaded("org/m", "graph fp32", 1000, 3000, Duration.ofSeconds(2));
        LoadHistory next = new LoadHistory(file);
        assertThat(next.expected("org/m", "graph fp32", 1000))
                .isEqualTo(new LoadHistory.Taken(3000, Duration.ofSeconds(2), true));
        assertThat(next.expected("org/m", "graph fp32", 500).measured()).isFalse();
    }

    @Test
    void history_unknownModel_isGuessedByOthersOfItsKind() {
        LoadHistory history = new LoadHistory();
        assertThat(history.expected("new", "graph fp32", 100).bytes()).isEqualTo(220);
        history.loaded("known", "graph fp32", 1000, 3000, Duration.ofSeconds(2));
        LoadHistory.Taken taken = history.expected("new", "graph fp32", 100);
        assertThat(taken.bytes()).isEqualTo(300);
        assertThat(taken.time()).isEqualTo(Duration.ofMillis(200));
        assertThat(taken.measured()).isFalse();
        assertThat(history.expected("known", "graph fp32", 1000).bytes()).isEqualTo(3000);
        history.loaded("known", "graph fp32", 1000, 9_000_000, Duration.ofSeconds(2));
        assertThat(history.expected("known", "graph fp32", 1000).bytes())
                .as("no more than four times its files")
                .isEqualTo(4000);
    }
}
