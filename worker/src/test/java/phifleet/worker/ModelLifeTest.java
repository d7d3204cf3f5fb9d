package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.common.FleetHeaders;
import phifleet.inference.testing.Workbench;
import phifleet.worker.http.ApiDescription;
import phifleet.worker.residence.ModelFolders;

/** Models that come, change and go while the worker serves. */
class ModelLifeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] ADMIN = {"Authorization", "Bearer topmost"};
    private static final String LOAD = "/v2/repository/models/plus/load";
    private static final String UNLOAD = "/v2/repository/models/plus/unload";

    @TempDir
    private static Path folder;

    private static WorkerUnderTest worker;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws Exception {
        TinyGraph.write(folder.resolve("plus.onnx"), 1);
        Path list = Files.writeString(folder.resolve("models.yaml"), """
            models:
              - {id: all-minilm-l6-v2}
              - {id: plus, path: plus.onnx, aliases: [adder]}
            """);
        worker = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of("ADMIN_KEY", "topmost"));
        // Of the models that are not loaded some may be mistaken.
        Files.writeString(list, "  - {id: broken, path: gone.onnx}\n", StandardOpenOption.APPEND);
    }

    @AfterAll
    static void stop() {
        worker.close();
        CLIENT.close();
    }

    @BeforeEach
    void first() throws Exception {
        TinyGraph.write(folder.resolve("plus.onnx"), 1);
        assertThat(post(LOAD, "", ADMIN).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(worker.uri().resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return ApiDescription.checked(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    private static String get(String path) throws Exception {
        return ApiDescription.checked(CLIENT.send(
                        HttpRequest.newBuilder(worker.uri().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString()))
                .body();
    }

    /** What the model makes of 1; −1 where it gives no answer. */
    private static double plus() throws Exception {
        HttpResponse<String> answer = post("/predict/plus", "{\"inputs\":{\"x\":[[1]]}}");
        return answer.statusCode() == 200
                ? JSON.readTree(answer.body()).at("/outputs/y/data/0").asDouble()
                : -1;
    }

    private static List<String> index(String body) throws Exception {
        List<String> lines = new ArrayList<>();
        for (JsonNode entry : JSON.readTree(post("/v2/repository/index", body).body())) {
            lines.add(entry.path("name").asText() + " " + entry.path("state").asText());
        }
        return lines;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void load_underLoad_losesNoRequest() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<String> wrong = new CopyOnWriteArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean texts = i % 2 == 0;
            callers.add(Thread.ofVirtual().start(() -> {
                while (!ended.get()) {
                    try {
                        HttpResponse<String> answer = texts
                                ? post("/embed", "{\"texts\":[\"one\",\"two\"]}")
                                : post("/predict/plus", "{\"inputs\":{\"x\":[[1]]}}");
                        if (answer.statusCode() != 200) {
                            wrong.add(answer.statusCode() + " " + answer.body());
                        }
                        answered.incrementAndGet();
                    } catch (Exception e) {
                        wrong.add(e.toString());
                    }
                }
            }));
        }
        for (int version = 2; version < 8; version++) {
            TinyGraph.write(folder.resolve("plus.onnx"), version);
            assertThat(post(LOAD, "", ADMIN).statusCode()).isEqualTo(200);
            assertThat(plus()).as("the new one serves at once").isEqualTo(1.0 + version);
        }
        assertThat(post("/v2/repository/models/all-minilm-l6-v2/load", "", ADMIN)
                        .statusCode())
                .isEqualTo(200);
        int before = answered.get();
        await(() -> answered.get() > before + 8);
        ended.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void load_brokenFile_leavesTheOldOne_andSaysWhy() throws Exception {
        Files.writeString(folder.resolve("plus.onnx"), "no graph at all");
        HttpResponse<String> answer = post(LOAD, "", ADMIN);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("{\"error\":\"load failed for model 'plus': ")
                .contains("plus.onnx");
        assertThat(plus()).isEqualTo(2);
        assertThat(index("")).contains("plus READY");
    }

    @Test
    void unload_andLoadAgain_isFollowedEverywhere() throws Exception {
        assertThat(plus()).isEqualTo(2);
        assertThat(get("/metrics"))
                .contains("model_loaded{model=\"plus\"}")
                .contains("batch_size_count{model=\"plus\"}");
        assertThat(post(UNLOAD, "{\"parameters\":{\"unload_dependents\":true}}", ADMIN)
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("/predict/plus", "{\"inputs\":{\"x\":[[1]]}}").statusCode())
                .isEqualTo(404);
        assertThat(index("{\"ready\":true}")).containsExactly("all-minilm-l6-v2 READY");
        assertThat(index("")).contains("plus UNAVAILABLE");
        assertThat(JSON.readTree(get("/info")).path("models").findValuesAsText("name"))
                .doesNotContain("plus");
        assertThat(get("/v1/models")).doesNotContain("\"plus\"");
        assertThat(get("/health/ready")).contains("ready");
        await(() -> {
            try {
                return !get("/metrics").contains("model=\"plus\"");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(post(UNLOAD, "", ADMIN).statusCode()).as("again").isEqualTo(200);
        assertThat(post(LOAD, "", ADMIN).statusCode()).isEqualTo(200);
        assertThat(plus()).isEqualTo(2);
        assertThat(get("/metrics"))
                .contains("model_loaded{model=\"plus\"} 1")
                .contains("batch_size_count{model=\"plus\"} 1")
                .contains("requests_received_total{model=\"plus\",route=\"/predict/:model\"} 1");
    }

    @Test
    void load_thatAllAreAskedFor_isDoneOnce_andSaidInInfo() throws Exception {
        String stamp = "1700000000002-00000001";
        String[] asAll = {ADMIN[0], ADMIN[1], FleetHeaders.CHANGE, stamp};
        String config = "{\"parameters\":{\"config\":\"{\\\"path\\\":\\\"plus.onnx\\\"}\"}}";
        TinyGraph.write(folder.resolve("plus.onnx"), 3);
        assertThat(post("/v2/repository/models/adder/load", config, asAll).statusCode())
                .isEqualTo(200);
        assertThat(plus()).isEqualTo(4);
        assertThat(JSON.readTree(get("/info")).at("/changes/0").toString())
                .as("by its id, not by its alias")
                .isEqualTo("{\"name\":\"plus\",\"action\":\"load\",\"stamp\":\"" + stamp
                        + "\",\"config\":\"{\\\"path\\\":\\\"plus.onnx\\\"}\"}");
        TinyGraph.write(folder.resolve("plus.onnx"), 4);
        assertThat(post(LOAD, config, asAll).statusCode()).isEqualTo(200);
        assertThat(plus()).as("it was done already").isEqualTo(4);
        assertThat(post(UNLOAD, "", ADMIN[0], ADMIN[1], FleetHeaders.CHANGE, "1700000000001-00000001")
                        .statusCode())
                .isEqualTo(200);
        assertThat(plus()).as("what was asked for before it is over").isEqualTo(4);
        assertThat(post(UNLOAD, "", ADMIN[0], ADMIN[1], FleetHeaders.CHANGE, "1700000000003-00000001")
                        .statusCode())
                .isEqualTo(200);
        assertThat(plus()).isEqualTo(-1);
        assertThat(JSON.readTree(get("/info")).path("changes").size()).isEqualTo(1);
        assertThat(JSON.readTree(get("/info")).at("/changes/0/action").asText()).isEqualTo("unload");
    }

    @Test
    void load_thatFails_isNotAmongTheChanges() throws Exception {
        String before = JSON.readTree(get("/info")).path("changes").toString();
        assertThat(post(
                                "/v2/repository/models/broken/load",
                                "",
                                ADMIN[0],
                                ADMIN[1],
                                FleetHeaders.CHANGE,
                                "1700000000009-00000001")
                        .statusCode())
                .isEqualTo(400);
        assertThat(JSON.readTree(get("/info")).path("changes").toString()).isEqualTo(before);
    }

    @Test
    void info_saysHowAModelSharesItsDevice() throws Exception {
        String usual = "\"weight\":1.0,\"instances\":0,\"warmup\":0";
        assertThat(get("/info")).contains(usual);
        String config = "{\"parameters\":{\"config\":\"{\\\"path\\\":\\\"plus.onnx\\\",\\\"weight\\\":2.5,"
                + "\\\"instances\\\":1,\\\"warmup\\\":3}\"}}";
        assertThat(post(LOAD, config, ADMIN).statusCode()).isEqualTo(200);
        assertThat(get("/info")).contains("\"weight\":2.5,\"instances\":1,\"warmup\":3");
    }

    @Test
    void load_byAlias_isTheSame() throws Exception {
        TinyGraph.write(folder.resolve("plus.onnx"), 5);
        assertThat(post("/v2/repository/models/adder/load", "", ADMIN).statusCode())
                .isEqualTo(200);
        assertThat(plus()).isEqualTo(6);
    }

    @Test
    void load_settingsInTheRequest_areTakenInPlace() throws Exception {
        TinyGraph.write(folder.resolve("other.onnx"), 9);
        String request = JSON.writeValueAsString(Map.of("parameters", Map.of("config", "{\"path\":\"other.onnx\"}")));
        assertThat(post(LOAD, request, ADMIN).statusCode()).isEqualTo(200);
        assertThat(plus()).isEqualTo(10);
        HttpResponse<String> wrong = post(
                LOAD,
                JSON.writeValueAsString(Map.of("parameters", Map.of("config", "{\"path\":\"none\",\"paht\":1}"))),
                ADMIN);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("models[0].paht").contains("models[0].path");
    }

    @Test
    void load_tritonsConfiguration_isToldWhatStandsForIt() throws Exception {
        String request = JSON.writeValueAsString(Map.of(
                "parameters", Map.of("config", "{\"backend\":\"onnxruntime\",\"max_batch_size\":8,\"input\":[]}")));
        HttpResponse<String> answer = post(LOAD, request, ADMIN);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("error").asText())
                .contains("3 mistakes in parameters.config")
                .contains("backend: is of Triton's model configuration", "where it is engine")
                .contains("max_batch_size", "where it is batch-size")
                .contains("input", "which has nothing like it");
        assertThat(plus()).isEqualTo(2);
    }

    @Test
    void load_withoutTheKey_isRefused() throws Exception {
        assertThat(post(LOAD, "").statusCode()).isEqualTo(401);
        assertThat(post(LOAD, "", "Authorization", "Bearer other").statusCode()).isEqualTo(401);
    }

    @Test
    void load_unknownName_hasTritonsWords() throws Exception {
        HttpResponse<String> answer = post("/v2/repository/models/nobody/load", "", ADMIN);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("failed to load 'nobody', failed to poll from model repository");
        assertThat(post("/v2/repository/models/nobody/unload", "", ADMIN).statusCode())
                .isEqualTo(404);
    }

    @Test
    void load_otherParameters_areRefusedByName() throws Exception {
        HttpResponse<String> answer = post(LOAD, "{\"parameters\":{\"file:1/model.onnx\":\"AAAA\"}}", ADMIN);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("parameters.file:1/model.onnx");
        assertThat(post(LOAD, "{\"parameters\":5}", ADMIN).statusCode()).isEqualTo(400);
        assertThat(post(LOAD, "{", ADMIN).statusCode()).isEqualTo(400);
    }

    @Test
    void load_nameOfAnother_isRefused() throws Exception {
        String request = JSON.writeValueAsString(
                Map.of("parameters", Map.of("config", "{\"path\":\"plus.onnx\",\"aliases\":[\"plus\"]}")));
        HttpResponse<String> answer = post("/v2/repository/models/second/load", request, ADMIN);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("two models have the name 'plus'");
    }

    @Test
    void versions_newestIsServed_andOthersAreRefused() throws Exception {
        TinyGraph.write(folder.resolve("many/1/model.onnx"), 1);
        String request = JSON.writeValueAsString(Map.of("parameters", Map.of("config", "{\"path\":\"many\"}")));
        String load = "/v2/repository/models/many/load";
        assertThat(post(load, request, ADMIN).statusCode()).isEqualTo(200);
        assertThat(get("/v2/models/many/versions/1")).contains("\"versions\":[\"1\"]");
        TinyGraph.write(folder.resolve("many/2/model.onnx"), 2);
        Files.createDirectories(folder.resolve("many/3"));
        assertThat(post(load, request, ADMIN).statusCode()).isEqualTo(200);
        assertThat(get("/v2/models/many/versions/2")).contains("\"versions\":[\"2\"]");
        assertThat(get("/v2/models/many/versions/1")).contains("has no version '1', only 2");
        String infer = "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[1]}]}";
        assertThat(post("/v2/models/many/versions/2/infer", infer).body())
                .contains("\"model_version\":\"2\"")
                .contains("\"data\":[3");
        assertThat(post("/v2/models/many/versions/1/infer", infer).statusCode()).isEqualTo(404);
        assertThat(post("/v2/models/many/infer", infer).statusCode()).isEqualTo(200);
        assertThat(post("/v2/repository/index", "").body())
                .contains("{\"name\":\"many\",\"version\":\"2\",\"state\":\"READY\"");
        assertThat(post("/v2/repository/models/many/unload", "", ADMIN).statusCode())
                .isEqualTo(200);
    }

    @Test
    void modelsFolder_modelsThatComeChangeAndGo_areFollowed() throws Exception {
        Path models = Files.createDirectories(folder.resolve("models"));
        TinyGraph.write(models.resolve("good/model.onnx"), 1);
        Files.writeString(Files.createDirectories(models.resolve("half")).resolve("model.onnx"), "");
        try (WorkerUnderTest other = WorkerUnderTest.start(
                Workbench.cache(), null, new ModelFolders(models), Map.of("MODELS_DIR_POLL_MS", "50"))) {
            assertThat(names(other)).containsExactly("good");
            TinyGraph.write(models.resolve("half/model.onnx"), 1);
            await(() -> names(other).equals(List.of("good", "half")));
            TinyGraph.write(models.resolve("good/2/model.onnx"), 1);
            Files.delete(models.resolve("good/model.onnx"));
            await(() -> served(other).contains("good 2"));
            Files.delete(models.resolve("half/model.onnx"));
            Files.delete(models.resolve("half"));
            await(() -> names(other).equals(List.of("good")));
        }
    }

    private static List<String> names(WorkerUnderTest other) {
        return served(other).stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    private static List<String> served(WorkerUnderTest other) {
        try {
            List<String> lines = new ArrayList<>();
            String info = CLIENT.send(
                            HttpRequest.newBuilder(other.uri().resolve("/info")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            for (JsonNode model : JSON.readTree(info).path("models")) {
                lines.add(model.path("name").asText() + " "
                        + model.path("version").asText());
            }
            return lines;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
