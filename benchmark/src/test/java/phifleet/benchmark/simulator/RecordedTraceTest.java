package phifleet.benchmark.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedTraceTest {
    @TempDir
    private Path folder;

    private Trace read(String log) throws IOException {
        return RecordedTrace.read(Files.writeString(folder.resolve("gateway.log"), log), Scene.USUAL.cost());
    }

    @Test
    void read_aLog_hasTheRequestsOfEachSecond_overMidnightToo() throws Exception {
        Trace trace = read("""
                23:59:58.204 INFO  access POST /embed 200 105.702452 ms request=a-1
                23:59:58.804 INFO  access POST /v1/embeddings 429 1.2 ms request=a-2
                23:59:59.000 INFO  access GET /fleet 200 1.2 ms request=a-3
                  - a line of another's
                00:00:01.500 INFO  access POST /embed 200 12 ms request=a-4
                """);
        double most = Scene.USUAL.cost().most();
        assertThat(trace.seconds()).isEqualTo(4);
        assertThat(trace.load().applyAsDouble(0.5)).isEqualTo(2 / most);
        assertThat(trace.load().applyAsDouble(1)).isZero();
        assertThat(trace.load().applyAsDouble(3.9)).isEqualTo(1 / most);
        assertThat(trace.load().applyAsDouble(100)).isZero();
        assertThat(trace.name()).isEqualTo("gateway.log");
    }

    @Test
    void read_aFileWithoutRequests_saysWhatALineLooksLike() {
        assertThatThrownBy(() -> read("nothing\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("access POST /embed");
    }
}
