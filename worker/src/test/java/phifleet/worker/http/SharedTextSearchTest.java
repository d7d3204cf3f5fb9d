package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.worker.WorkerUnderTest;

/** {@code /search} by a text, where a model of texts and images made the index's vectors. */
class SharedTextSearchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLIP = "clip-vit-b32";
    private static final String SIGLIP = "siglip-base";
    private static final String TEXT = "a photo of a red square";

    @TempDir
    private Path index;

    private final Path heads = SharedFiles.file("models/heads");

    private HeadsUnderTest start(Map<String, String> more) throws Exception {
        StringBuilder models = new StringBuilder("models:\n");
        for (String id : List.of(CLIP, SIGLIP)) {
            models.append("  - {id: " + id + ", path: " + heads.resolve(id).toAbsolutePath() + "}\n");
        }
        Map<String, String> settings = new HashMap<>(more);
        settings.put("INGEST_FOLDER", index.toString());
        settings.put("INGEST_DETECTOR", "none");
        return new HeadsUnderTest(heads, WorkerUnderTest.start(Workbench.cache(), models.toString(), settings));
    }

    private List<Path> pictures() throws Exception {
        try (Stream<Path> files = Files.list(heads.resolve(CLIP).resolve("images"))) {
            List<Path> pictures = files.sorted().toList();
            assertThat(pictures).hasSizeGreaterThan(3);
            return pictures;
        }
    }

    private static String base64(Path picture) throws Exception {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
    }

    private JsonNode ingestAll(HeadsUnderTest worker) throws Exception {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode images = body.putArray("images");
        for (Path picture : pictures()) {
            images.addObject().put("id", picture.getFileName().toString()).put("data", base64(picture));
        }
        JsonNode answer = worker.post("/ingest", body);
        assertThat(answer.path("errors_count").asInt()).as("%s", answer).isZero();
        return answer;
    }

    private record Scored(String id, double cosine) {}

    /** The cosine of the text with each picture that was put in, by the vectors of {@code /embed}. */
    private List<Scored> cosines(HeadsUnderTest worker, String model, JsonNode ingested) throws Exception {
        List<Scored> scored = new ArrayList<>();
        ObjectNode body = JSON.createObjectNode().put("model", model);
        ArrayNode items = body.putArray("texts").add(TEXT);
        List<String> ids = ingested.path("images").findValuesAsText("id");
        for (String id : ids) {
            items.addObject()
                    .put("image", base64(heads.resolve(CLIP).resolve("images").resolve(id)));
        }
        JsonNode vectors = worker.post("/embed", body).path("embeddings");
        for (int i = 0; i < ids.size(); i++) {
            double cosine = 0;
            for (int j = 0; j < vectors.get(0).size(); j++) {
                cosine += vectors.get(0).get(j).asDouble()
                        * vectors.get(i + 1).get(j).asDouble();
            }
            scored.add(new Scored(ids.get(i), cosine));
        }
        scored.sort(Comparator.comparingDouble(Scored::cosine).reversed());
        return scored;
    }

    private static void same(JsonNode found, List<Scored> expected) {
        assertThat(found.path("results")).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            JsonNode hit = found.path("results").get(i);
            assertThat(hit.path("score").asDouble()).isCloseTo(expected.get(i).cosine(), within(1e-4));
            assertThat(hit.path("match").asText()).isEqualTo("text");
            assertThat(hit.path("near_duplicate").asBoolean()).isFalse();
        }
        assertThat(found.at("/results/0/id").asText())
                .isEqualTo(expected.getFirst().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, SIGLIP})
    void search_byText_ranksImagesByTheirCosineWithIt(String encoder) throws Exception {
        try (HeadsUnderTest worker = start(Map.of("INGEST_ENCODER", encoder))) {
            List<Scored> expected = cosines(worker, encoder, ingestAll(worker));
            assertThat(expected).hasSizeGreaterThan(3);
            ObjectNode body = JSON.createObjectNode().put("text", TEXT).put("k", 100);

            JsonNode found = worker.post("/search", body);

            same(found, expected);
            assertThat(found.path("model").asText()).isEqualTo(encoder);
            double least = (expected.get(1).cosine() + expected.get(2).cosine()) / 2;
            same(worker.post("/search", body.put("min_score", least)), expected.subList(0, 2));
        }
    }

    @Test
    void search_byText_throughAGateway_findsTheSame() throws Exception {
        try (HeadsUnderTest worker = start(Map.of());
                HeadsUnderTest other = HeadsUnderTest.start(heads, List.of(CLIP));
                GatewayBefore gateway = GatewayBefore.of(
                        null, null, worker.worker().uri(), other.worker().uri())) {
            List<Scored> expected = cosines(worker, CLIP, ingestAll(worker));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/search"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + TEXT + "\",\"k\":100}"))
                    .build();
            for (int i = 0; i < 4; i++) {
                HttpResponse<String> answer =
                        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                same(JSON.readTree(answer.body()), expected);
            }
        }
    }

    @Test
    void search_byTextThatIsTooLong_isCut() throws Exception {
        try (HeadsUnderTest worker = start(Map.of())) {
            ingestAll(worker);
            JsonNode found = worker.post("/search", JSON.createObjectNode().put("text", "red ".repeat(500)));
            assertThat(found.path("results")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'text':''}|400|`text` cannot be empty",
                "{'text':5}|400|`text` must be a string",
                "{'text':'a','id':'b'}|400|one of `image`, `id` and `text`",
                "{'text':'a','image':'aGVsbG8='}|400|one of `image`, `id` and `text`",
                "{'words':'a'}|400|there are image, id, text, k",
                "{'text':'a'}|424|made by colours, which reads no texts"
            })
    void search_badRequest_isNamed(String body, int status, String message) {
        try (IndexUnderTest worker = new IndexUnderTest(index)) {
            HttpResponse<String> answer = worker.worker.post("/search", body.replace('\'', '"'));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains(message);
        }
    }
}
