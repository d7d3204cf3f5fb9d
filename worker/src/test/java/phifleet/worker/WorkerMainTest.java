package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.testing.HubServer;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;

/** The worker as a process: how it ends, and what it says then. */
@Timeout(120)
class WorkerMainTest {
    @TempDir
    private Path folder;

    /** A process that writes to a file of its own. */
    private record Running(Process process, Path log) {
        String output() throws IOException {
            return Files.readString(log);
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
            return process.exitValue();
        }

        URI awaitReady() throws IOException, InterruptedException {
            while (true) {
                for (String line : output().lines().toList()) {
                    int at = line.indexOf(" is ready at http://");
                    if (at > 0) {
                        String address = line.substring(at + " is ready at ".length());
                        return URI.create(address.strip().replace("0.0.0.0", "127.0.0.1"));
                    }
                }
                assertThat(process.isAlive())
                        .as("it runs; it said: %s", output())
                        .isTrue();
                Thread.sleep(20);
            }
        }
    }

    private Running start(Map<String, String> environment, String... arguments) throws IOException {
        return start(System.getProperty("java.class.path"), environment, arguments);
    }

    private Running start(String classPath, Map<String, String> environment, String... arguments) throws IOException {
        Path log = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                WorkerMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PHI_CACHE", Workbench.cache().toString());
        builder.environment().put("PHI_HTTP_PORT", "0");
        builder.environment().putAll(environment);
        return new Running(builder.start(), log);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void main_wrongSettings_namesAllAndExitsWithTwo() throws Exception {
        Path settings = file("worker.yaml", "http: {port: 99999, max-texts: none}\nbatchin: {}\n");
        Running worker = start(Map.of("PHI_HTTP_PORT", "", "PHI_DRAIN_TIMEOUT_MS", "-1"), settings.toString());
        assertThat(worker.exitCode()).isEqualTo(2);
        assertThat(worker.output())
                .contains("4 mistakes in " + settings)
                .contains("http.port = 99999: must be a whole number from 0 to 65535")
                .contains("http.max-texts = none")
                .contains("batchin: no setting has this name")
                .contains("PHI_DRAIN_TIMEOUT_MS = -1")
                .doesNotContain("at phifleet");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void signal_whileTheEnginesLoad_endsItCleanly() throws Exception {
        Running worker = start(Map.of());
        Path maps = Path.of("/proc", Long.toString(worker.process().pid()), "maps");
        while (!Files.readString(maps).contains("libonnxruntime")) {
            assertThat(worker.process().isAlive())
                    .as("it runs; it said: %s", worker.output())
                    .isTrue();
            Thread.sleep(1);
        }
        worker.process().destroy();
        assertThat(worker.exitCode()).as(worker.output()).isEqualTo(0);
    }

    @Test
    void main_oneConfigFile_servesItsModelsWhereItSays() throws Exception {
        TinyGraph.write(folder.resolve("plus/model.onnx"), 1);
        Path config = file("config.yaml", """
                server: {host: 127.0.0.1, port: 0}
                models:
                  - {name: plus, path: plus, batch_size: 8, batch_timeout_ms: 5}
                """);
        Running worker = start(Map.of("PHI_HTTP_PORT", ""), config.toString());
        URI uri = worker.awaitReady();
        assertThat(uri.getHost()).isEqualTo("127.0.0.1");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> info =
                    client.send(HttpRequest.newBuilder(uri.resolve("/info")).build(), BodyHandlers.ofString());
            assertThat(new JsonMapper()
                            .readTree(info.body())
                            .at("/models/0/name")
                            .asText())
                    .isEqualTo("plus");
        }
        worker.process().destroy();
        assertThat(worker.exitCode()).isZero();
    }

    @Test
    void main_missingModel_saysWhichFileAndExitsWithTwo() throws Exception {
        Path models =
                file("models.yaml", "models:\n  - {id: a, path: no-such-folder}\n  - {id: b, embedded: nothing}\n");
        Running worker = start(Map.of("PHI_MODELS", models.toString()));
        assertThat(worker.exitCode()).isEqualTo(2);
        assertThat(worker.output())
                .contains("2 mistakes")
                .contains("models[0].path")
                .contains("no-such-folder is not a folder")
                .contains("models[1].embedded = nothing");
    }

    @Test
    void signal_whileAModelIsFetched_endsItCleanly_andTheNextStartGoesOn() throws Exception {
        try (HubServer hub = new HubServer()) {
            hub.add("tiny/bert", SharedFiles.file("models/encoders/bert-safetensors"));
            hub.spoil("model.safetensors", new HubServer.Fault.StallsAfter(1000));
            Path models = file("models.yaml", "models: [{hub: tiny/bert}]\n");
            Map<String, String> environment = Map.of(
                    "PHI_MODELS", models.toString(),
                    "HF_ENDPOINT", hub.endpoint().toString(),
                    "HF_HUB_CACHE", folder.resolve("hub").toString());
            Running first = start(environment);
            while (hub.asked().stream()
                            .filter(asked -> asked.path().equals("model.safetensors"))
                            .count()
                    < 2) {
                assertThat(first.process().isAlive()).as(first.output()).isTrue();
                Thread.sleep(10);
            }
            first.process().destroy();
            assertThat(first.exitCode()).as(first.output()).isZero();
            Running second = start(environment);
            URI address = second.awaitReady();
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest info =
                        HttpRequest.newBuilder(address.resolve("/info")).build();
                assertThat(client.send(info, BodyHandlers.ofString()).body()).contains("tiny/bert");
            }
            second.process().destroy();
            assertThat(second.exitCode()).as(second.output()).isZero();
        }
    }

    @Test
    void main_modelThatCannotBeHad_saysSoInOneLine_withItsOwnExitCode() throws Exception {
        Path models = file("models.yaml", "models: [{hub: tiny/none}]\n");
        Running worker = start(Map.of(
                "PHI_MODELS", models.toString(),
                "HF_HUB_OFFLINE", "1",
                "HF_HUB_CACHE", folder.resolve("hub").toString()));
        assertThat(worker.exitCode()).isEqualTo(16);
        assertThat(worker.output()).contains("tiny/none is not whole in").doesNotContain("at phifleet");
    }

    @Test
    void main_brokenModel_saysSoAndExitsWithTwo() throws Exception {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("model.onnx"), "this is no ONNX model");
        Files.writeString(broken.resolve("tokenizer.json"), "{}");
        Path models = file("models.yaml", "models: [{id: broken, path: broken}]\n");
        Running worker = start(Map.of("PHI_MODELS", models.toString()));
        assertThat(worker.exitCode()).isEqualTo(2);
        assertThat(worker.output())
                .contains("is no ONNX graph, or is cut short")
                .doesNotContain("at phifleet");
    }

    @Test
    void main_engineThatTheBuildLeavesOut_saysHowToGetItAndExitsWithOne() throws Exception {
        Path model = Files.createDirectory(folder.resolve("torch"));
        Files.writeString(model.resolve("model.pt"), "read by the engine alone");
        Files.writeString(model.resolve("tokenizer.json"), "{}");
        Path models = file("models.yaml", "models: [{id: torch, path: torch, pooling: mean, max-tokens: 128}]\n");
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("pytorch-"))
                .collect(Collectors.joining(File.pathSeparator));
        Running worker = start(classPath, Map.of("PHI_MODELS", models.toString()));
        assertThat(worker.exitCode()).isEqualTo(1);
        assertThat(worker.output())
                .contains("engine is pytorch, which this build leaves out; mvn -Ppytorch package puts it in")
                .doesNotContain("at phifleet");
    }

    @Test
    void main_wrongGoldenVectors_isNeverReady() throws Exception {
        file("golden.json", "[{\"text\": \"a\", \"embedding\": [" + "0.1,".repeat(383) + "0.2]}]");
        Path models = file("models.yaml", "models: [{id: all-minilm-l6-v2, golden: golden.json}]\n");
        Running worker = start(Map.of("PHI_MODELS", models.toString()));
        assertThat(worker.exitCode()).isEqualTo(1);
        assertThat(worker.output())
                .contains("fails its golden check")
                .contains("value ")
                .doesNotContain("is ready");
    }

    @Test
    void main_takenPort_saysSoAndExitsWithOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            Running worker = start(Map.of("PHI_HTTP_PORT", port));
            assertThat(worker.exitCode()).isEqualTo(1);
            assertThat(worker.output())
                    .as("before any model loads, in one line")
                    .isEqualTo("cannot listen on 0.0.0.0:" + port + ": the port is taken\n");
        }
    }

    @Test
    void sigterm_workInHand_isAnsweredAndTheExitCodeIsZero() throws Exception {
        // One loop, so that the work lasts on any machine.
        Running worker = start(Map.of("PHI_BATCHING_LOOPS", "1"));
        URI address = worker.awaitReady();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String texts = "[" + "\"one of many sentences that take the device a while\",".repeat(399) + "\"last\"]";
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                answers.add(client.sendAsync(
                        HttpRequest.newBuilder(address.resolve("/embed"))
                                .timeout(Duration.ofSeconds(60))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"texts\":" + texts + "}"))
                                .build(),
                        BodyHandlers.ofString()));
            }
            awaitQueue(client, address);
            worker.process().destroy();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
        }
        assertThat(worker.exitCode()).isZero();
        assertThat(worker.output()).contains("SIGTERM: draining").contains("stopped, all work in hand answered");
    }

    @Test
    void logFormat_json_writesOneObjectALine() throws Exception {
        Running worker = start(Map.of("PHI_LOG_FORMAT", "json"));
        while (!worker.output().contains("is ready at")) {
            assertThat(worker.process().isAlive()).isTrue();
            Thread.sleep(20);
        }
        worker.process().destroy();
        assertThat(worker.exitCode()).isZero();
        assertThat(worker.output().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    /** Waits until more texts are in hand than two of the requests hold, so that all three have been taken. */
    private static void awaitQueue(HttpClient client, URI address) throws Exception {
        long inHand = 0;
        while (inHand <= 800) {
            JsonNode queue = new JsonMapper()
                    .readTree(client.send(
                                    HttpRequest.newBuilder(address.resolve("/info"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body())
                    .path("queue");
            inHand = queue.path("depth").asLong() + queue.path("in_flight").asLong();
        }
    }
}
