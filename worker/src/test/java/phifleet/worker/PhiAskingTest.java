package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import phifleet.http.Json;
import phifleet.inference.testing.Workbench;
import phifleet.worker.http.GatewayBefore;
import phifleet.worker.phi.PhiMain;
import phifleet.worker.phi.PhiRun;

/** {@code phi fleet}, {@code validate}, {@code embed}, {@code predict} and {@code search} at a terminal, with a fleet of one. */
class PhiAskingTest {
    @TempDir
    private static Path folder;

    private static WorkerUnderTest worker;
    private static GatewayBefore gateway;

    @BeforeAll
    static void start() throws Exception {
        TinyGraph.write(folder.resolve("tiny.onnx"), 2);
        Path list = Files.writeString(folder.resolve("models.yaml"), """
                models:
                  - {id: all-minilm-l6-v2}
                  - {id: tiny, path: tiny.onnx}
                """);
        worker = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of("ID", "w-one"));
        gateway = GatewayBefore.of(null, null, worker.uri());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        worker.close();
    }

    private static PhiRun phi(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", "http://127.0.0.1:" + gateway.port()));
        return PhiRun.of(all);
    }

    private static JsonNode json(PhiRun ended) {
        assertThat(ended.out()).hasSize(1);
        return Json.of(ended.out().getFirst());
    }

    @Test
    void fleet_hasALineForEachWorkerAndOneForTheGateway() {
        PhiRun ended = phi("fleet", "--once");

        assertThat(ended.code()).as(ended.errors()).isZero();
        assertThat(ended.out()).hasSize(3);
        assertThat(ended.out().getFirst()).startsWith("WORKER").contains("STATE", "P99 MS", "GPU");
        assertThat(ended.out().get(1)).matches("worker-a +ready +cpu .*");
        assertThat(ended.out().get(2)).contains("1 ready of ");
        assertThat(json(phi("fleet", "--json")).at("/workers/0/id").asText()).isEqualTo("worker-a");
    }

    @Test
    @Timeout(60)
    void fleet_whereNoTerminalIs_isShownOnce() {
        PhiRun ended = phi("fleet");

        assertThat(ended.code()).as(ended.errors()).isZero();
        assertThat(ended.out()).hasSize(3);
    }

    @Test
    void fleet_ofAWorkerAlone_isThatWorker() {
        List<String> url = List.of("--url", worker.uri().toString());
        PhiRun ended = PhiRun.of(Stream.concat(Stream.of("fleet"), url.stream()).toList());

        assertThat(ended.code()).as(ended.errors()).isZero();
        assertThat(ended.out()).hasSize(3);
        assertThat(ended.out().get(1)).matches("w-one +ready +cpu +0 .*");
        assertThat(json(PhiRun.of(Stream.concat(Stream.of("fleet", "--json"), url.stream())
                                .toList()))
                        .path("worker_id")
                        .asText())
                .isEqualTo("w-one");
    }

    @Test
    void validate_saysEachVerdict_andEndsBy3WhereOneIsNotValid() {
        PhiRun ended = phi("validate", "E = m c^2", "1 + 1 = 3");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).hasSize(2);
        assertThat(ended.out().getFirst()).startsWith("E = m c^2: valid, known_law (");
        assertThat(ended.out().get(1)).startsWith("1 + 1 = 3: not valid, not_identity (");
        assertThat(phi("validate", "p = q r", "--unit", "p=N", "--unit", "q=kg", "--unit", "r=m/s^2")
                        .code())
                .isZero();
        assertThat(phi("validate", "p = q r", "--unit", "p=J", "--unit", "q=kg", "--unit", "r=m/s^2")
                        .code())
                .isEqualTo(3);
        PhiRun unread = phi("validate", "1 + = 2");
        assertThat(unread.code()).isEqualTo(1);
        assertThat(unread.errors().lines()).hasSize(1);
    }

    @Test
    void embed_printsALineAText() {
        PhiRun ended = phi("embed", "a text", "another", "--dimensions", "8");

        assertThat(ended.code()).as(ended.errors()).isZero();
        assertThat(ended.out()).hasSize(2);
        ended.out().forEach(line -> assertThat(Json.of(line)).hasSize(8));
        assertThat(json(phi("embed", "a text", "--json")).path("dimension").asInt())
                .isEqualTo(384);
        PhiRun unknown = phi("embed", "a text", "--model", "nobody");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.errors()).contains("nobody");
    }

    @Test
    void predict_ofAFile_isItsRequest_andOfATextItsModels() throws Exception {
        Path request = Files.writeString(folder.resolve("request.json"), "{\"inputs\":{\"x\":[[1],[2]]}}");

        assertThat(json(phi("predict", "tiny", request.toString())).has("outputs"))
                .isTrue();
        assertThat(phi("predict", "all-minilm-l6-v2", "--text", "a text").code())
                .isZero();
        PhiRun absent = phi("predict", "tiny", folder.resolve("absent.jpg").toString());
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.errors()).contains("absent.jpg cannot be read");
        assertThat(phi("predict", "tiny").code()).isEqualTo(2);
    }

    @Test
    void search_withoutAnIndex_isRefusedInItsWords() {
        PhiRun refused = phi("search", "--label", "dog");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors().lines()).hasSize(1);
        assertThat(refused.errors()).contains("/search answers 424");
    }

    @Test
    void fileThatCannotBeRead_isNamedInOneLine_whoeverWantsIt() throws Exception {
        String absent = folder.resolve("absent").toString();
        String noText = Files.write(folder.resolve("latin-1.txt"), new byte[] {'a', (byte) 0xe9})
                .toString();

        for (PhiRun refused : List.of(
                phi("predict", "tiny", absent),
                phi("search", absent),
                phi("calibrate", "all-minilm-l6-v2", absent),
                phi("calibrate", "all-minilm-l6-v2", noText))) {
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.errors()).contains(" cannot be read: ");
            assertThat(refused.errors().lines()).hasSize(1);
        }
    }

    @Test
    void everyCommand_takesUrlAndJson_andCompletionKnowsThem() {
        PhiMain.command().getSubcommands().forEach((name, command) -> {
            if (!name.equals("completion")) {
                // No fleet is asked by the one that starts its own servers.
                assertThat(name.equals("bench") || command.getCommandSpec().findOption("--url") != null)
                        .as(name)
                        .isTrue();
                assertThat(command.getCommandSpec().findOption("--json"))
                        .as(name)
                        .isNotNull();
            }
        });
        String script = String.join("\n", PhiRun.of(List.of("completion")).out());
        assertThat(script).contains("predict", "validate", "--json", "phi");
    }

    @Test
    void completion_knowsIngestAndBench_andTheScriptsWords() throws Exception {
        String script = String.join("\n", PhiRun.of(List.of("completion")).out());
        List<String> words = Files.readAllLines(Path.of("..", "scripts", "benchmark")).stream()
                .filter(line -> line.startsWith("#   scripts/benchmark "))
                .map(line -> line.split(" +", -1)[2])
                .toList();

        assertThat(words).contains("run", "compare");
        assertThat(script.lines().filter(line -> line.contains("commands=\"fleet ")))
                .singleElement()
                .asString()
                .contains(" ingest ", " bench ");
        assertThat(script).contains(String.join("\" \"", words));
    }

    @Test
    void ingest_withoutItsScript_saysWhichThatIs() {
        PhiRun ended = PhiRun.of(List.of("ingest", "-dir", "photos", "-faces=false"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).contains("scripts/ingest");
    }
}
