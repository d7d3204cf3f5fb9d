package phifleet.worker.phi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.testing.HubServer;
import phifleet.inference.testing.SharedFiles;

/** The command phi, as a process. */
@Timeout(120)
class PhiMainTest {
    @TempDir
    private Path folder;

    /** What it printed, and how it ended. */
    private record Ended(int exitCode, String output, String errors) {}

    private Process start(String name, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PhiMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().put("HF_HUB_CACHE", folder.resolve("cache").toString());
        builder.environment().remove("HF_TOKEN");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Ended end(String name, Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve(name + ".out")),
                Files.readString(folder.resolve(name + ".err")));
    }

    @Test
    void modelsGet_severalProcessesAtOnce_fetchOnce_andPrintTheFolder() throws Exception {
        Path model = SharedFiles.file("models/encoders/bert-safetensors");
        try (HubServer hub = new HubServer()) {
            hub.add("tiny/bert", model);
            Map<String, String> environment =
                    Map.of("HF_ENDPOINT", hub.endpoint().toString());
            List<Process> processes = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                processes.add(start(name, environment, "models", "get", "tiny/bert"));
            }
            for (int i = 0; i < 3; i++) {
                Ended ended = end(List.of("a", "b", "c").get(i), processes.get(i));
                assertThat(ended.exitCode()).as(ended.errors()).isZero();
                assertThat(Path.of(ended.output().strip()).resolve("model.safetensors"))
                        .hasSameBinaryContentAs(model.resolve("model.safetensors"));
                assertThat(ended.errors()).contains("pooling mean (1_Pooling/config.json)");
            }
            // Once at the hub, once where it leads to.
            assertThat(hub.asked().stream().filter(asked -> asked.path().equals("model.safetensors")))
                    .hasSize(2);
        }
    }

    @Test
    void modelsGet_whatCannotBeHad_hasItsOwnExitCodeAndOneLine() throws Exception {
        try (HubServer hub = new HubServer()) {
            hub.add("tiny/odd", "config.json", "{}".getBytes(StandardCharsets.UTF_8));
            Map<String, String> environment =
                    Map.of("HF_ENDPOINT", hub.endpoint().toString());
            Ended missing = end("m", start("m", environment, "models", "get", "tiny/none"));
            assertThat(missing.exitCode()).isEqualTo(10);
            assertThat(missing.errors().lines())
                    .singleElement()
                    .asString()
                    .startsWith("the Hub has no model tiny/none");
            Ended odd = end("o", start("o", environment, "models", "get", "tiny/odd"));
            assertThat(odd.exitCode()).isEqualTo(20);
            Ended offline = end("f", start("f", Map.of("HF_HUB_OFFLINE", "1"), "models", "get", "tiny/bert"));
            assertThat(offline.exitCode()).isEqualTo(16);
            assertThat(end("n", start("n", environment, "models", "get", "a b")).exitCode())
                    .isEqualTo(2);
            assertThat(end("w", start("w", environment, "models", "fetch")).exitCode())
                    .isEqualTo(2);
        }
    }
}
