package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static phifleet.worker.http.TextImageCases.CLIP;
import static phifleet.worker.http.TextImageCases.PICTURE;
import static phifleet.worker.http.TextImageCases.SIGLIP;
import static phifleet.worker.http.TextImageCases.TEXT;
import static phifleet.worker.http.TextImageCases.same;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.testing.Workbench;
import phifleet.inference.vision.ImageFiles;
import phifleet.worker.WorkerUnderTest;

/** Texts and images in one space: their vectors, by each way to ask for them, against what transformers gave. */
class SharedTextImagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static HeadsUnderTest heads;
    private static TextImageCases library;

    @BeforeAll
    static void start() throws Exception {
        heads = TextImageCases.start();
        library = new TextImageCases(heads);
    }

    @AfterAll
    static void stop() {
        if (heads != null) {
            heads.close();
        }
    }

    private static JsonNode info(String model) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(heads.worker().uri().resolve("/info")).build();
        HttpResponse<String> answer =
                ApiDescription.checked(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()));
        for (JsonNode one : JSON.readTree(answer.body()).path("models")) {
            if (one.path("name").asText().equals(model)) {
                return one;
            }
        }
        throw new AssertionError(model + " is not in " + answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, SIGLIP})
    void texts_aloneAndTogether_haveTheLibrarysVectors(String model) throws Exception {
        ObjectNode all = JSON.createObjectNode().put("model", model);
        ArrayNode texts = all.putArray("texts");
        for (JsonNode one : library.of(model, "text-")) {
            texts.add(one.at("/request/text"));
            ObjectNode alone = JSON.createObjectNode().put("model", model);
            alone.putArray("texts").add(one.at("/request/text"));
            same(heads.post("/embed", alone).at("/embeddings/0"), one.at("/expected/normalized"), TEXT, one.path("id"));
        }
        JsonNode together = heads.post("/embed", all).path("embeddings");
        JsonNode raw =
                heads.post("/embed", all.deepCopy().put("normalize", false)).path("embeddings");
        for (int i = 0; i < texts.size(); i++) {
            JsonNode expected = library.of(model, "text-").get(i).path("expected");
            same(together.get(i), expected.path("normalized"), TEXT, texts.get(i));
            same(raw.get(i), expected.path("embedding"), 10 * TEXT, texts.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, SIGLIP})
    void openAi_texts_haveTheLibrarysVectors(String model) throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.putArray("input").add("a photo of a red square").add("green stripes");
        JsonNode data = heads.post("/v1/embeddings", body).path("data");
        same(data.at("/0/embedding"), library.of(model, "text-").get(0).at("/expected/normalized"), TEXT, "first");
        same(data.at("/1/embedding"), library.of(model, "text-").get(2).at("/expected/normalized"), TEXT, "third");
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, SIGLIP})
    void pictures_aloneAndAmongTexts_haveTheLibrarysVectors(String model) throws Exception {
        List<JsonNode> pictures = library.pictures(model);
        List<JsonNode> texts = library.of(model, "text-");
        ObjectNode body = JSON.createObjectNode().put("model", model);
        ObjectNode openAi = body.deepCopy();
        ArrayNode mixed = body.putArray("texts");
        ArrayNode input = openAi.putArray("input");
        List<JsonNode> expected = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            JsonNode one = pictures.get(i);
            ObjectNode alone = JSON.createObjectNode().put("model", model);
            String data = (i % 2 == 0 ? "" : "data:image/png;base64,") + library.picture(model, one);
            alone.putArray("texts").addObject().put("image", data);
            JsonNode found = heads.post("/embed", alone);
            same(found.at("/embeddings/0"), one.at("/expected/normalized"), PICTURE, one.path("id"));
            assertThat(found.path("tokens").asInt()).isZero();
            for (ArrayNode list : List.of(mixed, input)) {
                list.addObject().put("image", data);
                list.addObject()
                        .put("text", texts.get(i % 4).at("/request/text").asText());
            }
            expected.add(one.at("/expected/normalized"));
            expected.add(texts.get(i % 4).at("/expected/normalized"));
        }
        mixed.add("green stripes");
        expected.add(texts.get(2).at("/expected/normalized"));
        JsonNode embeddings = heads.post("/embed", body).path("embeddings");
        assertThat(embeddings).hasSameSizeAs(expected);
        JsonNode data = heads.post("/v1/embeddings", openAi).path("data");
        assertThat(data).hasSize(expected.size() - 1);
        for (int i = 0; i < expected.size(); i++) {
            same(embeddings.get(i), expected.get(i), i % 2 == 0 && i < 2 * pictures.size() ? PICTURE : TEXT, i);
        }
        for (int i = 0; i < data.size(); i++) {
            same(data.get(i).path("embedding"), expected.get(i), i % 2 == 0 ? PICTURE : TEXT, i);
        }
    }

    @Test
    void predict_pictureOrText_isItsVector() throws Exception {
        JsonNode one = library.pictures(CLIP).getFirst();
        Path file =
                heads.folder().resolve(CLIP).resolve(one.at("/request/image").asText());
        HttpRequest request = HttpRequest.newBuilder(heads.worker().uri().resolve("/predict/" + CLIP))
                .header("Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        HttpResponse<String> answer =
                ApiDescription.checked(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()));
        same(JSON.readTree(answer.body()).path("embedding"), one.at("/expected/normalized"), PICTURE, "file");
        ObjectNode json = JSON.createObjectNode().put("image", library.picture(CLIP, one));
        same(heads.post("/predict/" + CLIP, json).path("embedding"), one.at("/expected/normalized"), PICTURE, "JSON");
        ObjectNode text = JSON.createObjectNode().put("text", "green stripes");
        same(
                heads.post("/predict/" + CLIP, text).path("embedding"),
                library.of(CLIP, "text-").get(2).at("/expected/normalized"),
                TEXT,
                "text");
    }

    /** Such a body is held in two forms until its images are decoded. */
    @Test
    void pictures_inACompressedBody_haveTheSameVectors() throws Exception {
        JsonNode one = library.pictures(CLIP).getFirst();
        ObjectNode body = JSON.createObjectNode().put("model", CLIP);
        body.putArray("texts").addObject().put("image", library.picture(CLIP, one));
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body.toString().getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest request = HttpRequest.newBuilder(heads.worker().uri().resolve("/embed"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(compressed.toByteArray()))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        same(JSON.readTree(answer.body()).at("/embeddings/0"), one.at("/expected/normalized"), PICTURE, "gzip");
    }

    @Test
    void embed_morePixelsThanTheLaneTakes_isRefused() throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", CLIP);
        ArrayNode texts = body.putArray("texts");
        String picture = library.picture(CLIP, library.pictures(CLIP).getFirst());
        for (int i = 0; i < 3; i++) {
            texts.addObject().put("image", picture);
        }
        String models = "models:\n  - {id: clip-vit-b32, path: "
                + heads.folder().resolve(CLIP).toAbsolutePath().normalize() + "}\n";
        try (HeadsUnderTest own = new HeadsUnderTest(
                heads.folder(),
                WorkerUnderTest.start(Workbench.cache(), models, Map.of("BATCHING_QUEUE_ELEMENTS", "2048")))) {
            HttpResponse<String> answer = own.send("/embed", body).get();
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(JSON.readTree(answer.body()).at("/error/message").asText())
                    .contains("`texts`", "3072 pixels", "at most 2048");
        }
    }

    @Test
    void pictures_ofManyRequestsAtOnce_haveTheSameVectors() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        List<JsonNode> expected = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (String model : List.of(CLIP, SIGLIP)) {
                for (JsonNode one : library.pictures(model)) {
                    ObjectNode body = JSON.createObjectNode().put("model", model);
                    body.putArray("texts").add("a").addObject().put("image", library.picture(model, one));
                    answers.add(heads.send("/embed", body));
                    expected.add(one.at("/expected/normalized"));
                }
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            JsonNode found = JSON.readTree(answers.get(i).get().body());
            same(found.at("/embeddings/1"), expected.get(i), PICTURE, i);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'text':'a','image':'aGVsbG8='}|400|`texts[1]` must have either `text` or `image`, and has both",
                "{}|400|`texts[1]` must have either `text` or `image`, and has neither",
                "{'image':'aGVsbG8='}|415|`texts[1].image`: ",
                "{'image':'no base64!'}|400|`texts[1].image` is no base64",
                "{'image':''}|4|`texts[1].image`",
                "{'picture':'aGVsbG8='}|400|`texts[1].picture` is not known",
                "{'image':5}|400|`texts[1].image` must be a string"
            })
    void embed_badItem_namesItsPlace(String item, String status, String message) throws Exception {
        String body = "{'model':'clip-vit-b32','texts':['a'," + item + "]}";
        HttpResponse<String> answer =
                heads.send("/embed", JSON.readTree(body.replace('\'', '"'))).get();
        assertThat(Integer.toString(answer.statusCode())).startsWith(status);
        assertThat(JSON.readTree(answer.body()).at("/error/message").asText()).contains(message);
    }

    @Test
    void embed_imageBomb_isRefusedByItsSize() throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", CLIP);
        String bomb = Base64.getEncoder().encodeToString(ImageFiles.emptyPng(60_000, 60_000));
        body.putArray("texts").add("a").addObject().put("image", bomb);
        HttpResponse<String> answer = heads.send("/embed", body).get();
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(JSON.readTree(answer.body()).at("/error/message").asText()).contains("`texts[1].image`");
    }

    @Test
    void info_saysWhatWasDecided() throws Exception {
        JsonNode clip = info(CLIP);
        assertThat(clip.path("kind").asText()).isEqualTo("text-image-encoder");
        assertThat(clip.path("dimension").asInt()).isEqualTo(24);
        assertThat(clip.path("max_tokens").asInt()).isEqualTo(24);
        assertThat(clip.path("logit_scale").asDouble()).isCloseTo(25, within(1e-3));
        assertThat(clip.path("activation").asText()).isEqualTo("softmax");
        assertThat(clip.path("decisions").toString()).contains("text_model.onnx", "vision_model.onnx", "model.onnx");
        JsonNode siglip = info(SIGLIP);
        assertThat(siglip.path("logit_scale").asDouble()).isCloseTo(20, within(1e-3));
        assertThat(siglip.path("logit_bias").asDouble()).isCloseTo(-3, within(1e-3));
        assertThat(siglip.path("activation").asText()).isEqualTo("sigmoid");
        assertThat(siglip.path("decisions").toString()).contains("filled up with token 1 to 64");
    }
}
