package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.testing.Workbench;
import phifleet.worker.http.GatewayBefore;
import phifleet.worker.phi.PhiRun;

/** {@code phi models} at a terminal, with a worker alone and with a fleet. */
class ModelsCommandTest {
    @TempDir
    private static Path folder;

    private static WorkerUnderTest worker;
    private static GatewayBefore gateway;

    @BeforeAll
    static void start() throws Exception {
        TinyGraph.write(folder.resolve("many/1/model.onnx"), 1);
        TinyGraph.write(folder.resolve("quiet.onnx"), 1);
        ExampleGraphs.unknownOperator(folder.resolve("many/2/model.onnx"));
        Path list = Files.writeString(folder.resolve("models.yaml"), """
                models:
                  - {id: all-minilm-l6-v2}
                  - {id: many, path: many}
                  - {id: quiet, path: quiet.onnx, load: demand}
                """);
        worker = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of("ID", "w-one"));
        gateway = GatewayBefore.of(null, null, worker.uri());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        worker.close();
    }

    private static PhiRun phi(URI url, String... arguments) {
        List<String> all = new ArrayList<>(List.of("models", "--url", url.toString()));
        all.addAll(Arrays.asList(arguments));
        return PhiRun.of(all);
    }

    private static URI gateway() {
        return URI.create("http://127.0.0.1:" + gateway.port());
    }

    @Test
    void list_ofAFleetAndOfAWorker_hasALineForEachVersion() {
        for (PhiRun ended : List.of(phi(worker.uri()), phi(gateway()), phi(gateway(), "--worker", "worker-a"))) {
            assertThat(ended.code()).as(ended.errors()).isZero();
            assertThat(ended.out()).hasSize(5);
            assertThat(ended.out().getFirst()).matches("WORKER +MODEL +VERSION +STATE +DEVICE +PRECISION +GOLDEN");
            assertThat(ended.out().get(1))
                    .matches("w-one +all-minilm-l6-v2 +1 +ready +cpu +fp32 +(1\\.000000|0\\.9999\\d\\d)");
            assertThat(ended.out().get(2)).matches("w-one +many +1 +ready +cpu +fp32 +-");
            assertThat(ended.out().get(4)).matches("w-one +many +2 +unavailable +- +- +- +.*NoSuchOperator.*");
            assertThat(ended.out().get(3)).matches("w-one +quiet +- +on_disk +- +- +-( +on demand, takes about .* s)?");
        }
    }

    @Test
    void whatCannotBeDone_isOneLineAndExitCode1() {
        PhiRun keyless = phi(gateway(), "load", "many");
        assertThat(keyless.code()).isEqualTo(1);
        assertThat(keyless.errors()).contains("PHI_ADMIN_KEY is set");
        assertThat(phi(gateway(), "--worker", "nobody").errors().lines()).hasSize(1);
        PhiRun nobody = phi(URI.create("http://127.0.0.1:1"));
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.errors()).contains("http://127.0.0.1:1 does not answer");
        assertThat(phi(gateway(), "load").code()).isEqualTo(2);
    }

    @Test
    void demand_ofAFleet_saysWhatItWantsAndHas_andHowManyHoldWhat() throws InterruptedException {
        PhiRun ended = demand();
        // A gateway decides twice a second, the first time perhaps before a probe has told it what its worker may load.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (ended.out().stream().noneMatch(line -> line.startsWith("quiet: ")) && System.nanoTime() < end) {
            Thread.sleep(50);
            ended = demand();
        }
        assertThat(ended.out().getFirst()).matches("wanted \\d+, present 1, pending \\d+, awake: .+");
        assertThat(ended.out()).anyMatch(line -> line.matches("quiet: held by 0, wanted by 0"));
    }

    private static PhiRun demand() {
        PhiRun ended = PhiRun.of(List.of("demand", "--url", gateway().toString()));
        assertThat(ended.code()).as(ended.errors()).isZero();
        return ended;
    }
}
