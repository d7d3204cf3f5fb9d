package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.testing.Workbench;
import phifleet.inference.vision.ImageFiles;
import phifleet.worker.WorkerUnderTest;

/** Folders of ../shared/models/heads with texts and images in one space, each named by its path alone, against what transformers gave. */
class SharedTextImagesTest {
    private static final String CLIP = "clip-vit-b32";
    private static final String SIGLIP = "siglip-base";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of numbers of a vector. */
    private static final double TEXT = 1e-3;

    /** The same, of pixels that were resampled elsewhere. */
    private static final double PICTURE = 2e-2;

    private static HeadsUnderTest heads;

    @BeforeAll
    static void start() throws Exception {
        heads = HeadsUnderTest.start(List.of(CLIP, SIGLIP));
    }

    @AfterAll
    static void stop() {
        if (heads != null) {
            heads.close();
        }
    }

    private static List<JsonNode> cases(String model, String kind) throws Exception {
        List<JsonNode> cases = heads.cases(model).stream()
                .filter(one -> one.path("id").asText().startsWith(kind))
                .toList();
        assertThat(cases).hasSizeGreaterThan(4);
        return cases;
    }

    private static void same(JsonNode found, JsonNode expected, double bound, Object what) {
        assertThat(found).as("%s", what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).asDouble())
                    .as("%s [%s]", what, i)
                    .isCloseTo(expected.get(i).asDouble(), within(bound));
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
        for (JsonNode one : cases(model, "text-")) {
            texts.add(one.at("/request/text"));
            ObjectNode alone = JSON.createObjectNode().put("model", model);
            alone.putArray("texts").add(one.at("/request/text"));
            same(heads.post("/embed", alone).at("/embeddings/0"), one.at("/expected/normalized"), TEXT, one.path("id"));
        }
        JsonNode together = heads.post("/embed", all).path("embeddings");
        JsonNode raw =
                heads.post("/embed", all.deepCopy().put("normalize", false)).path("embeddings");
        for (int i = 0; i < texts.size(); i++) {
            JsonNode expected = cases(model, "text-").get(i).path("expected");
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
        same(data.at("/0/embedding"), cases(model, "text-").get(0).at("/expected/normalized"), TEXT, "first");
        same(data.at("/1/embedding"), cases(model, "text-").get(2).at("/expected/normalized"), TEXT, "third");
    }

    private static String picture(String model, JsonNode one) throws Exception {
        Path file =
                heads.folder().resolve(model).resolve(one.at("/request/image").asText());
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }

    /** But for the one that is turned as the camera says, of which the library's vector is that of the pixels as they are stored. */
    private static List<JsonNode> pictures(String model) throws Exception {
        return cases(model, "image-").stream()
                .filter(one -> !one.path("id").asText().equals("image-turned"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, SIGLIP})
    void pictures_aloneAndAmongTexts_haveTheLibrarysVectors(String model) throws Exception {
        List<JsonNode> pictures = pictures(model);
        List<JsonNode> texts = cases(model, "text-");
        ObjectNode body = JSON.createObjectNode().put("model", model);
        ObjectNode openAi = body.deepCopy();
        ArrayNode mixed = body.putArray("texts");
        ArrayNode input = openAi.putArray("input");
        List<JsonNode> expected = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            JsonNode one = pictures.get(i);
            ObjectNode alone = JSON.createObjectNode().put("model", model);
            String data = (i % 2 == 0 ? "" : "data:image/png;base64,") + picture(model, one);
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
        JsonNode one = pictures(CLIP).getFirst();
        Path file =
                heads.folder().resolve(CLIP).resolve(one.at("/request/image").asText());
        HttpRequest request = HttpRequest.newBuilder(heads.worker().uri().resolve("/predict/" + CLIP))
                .header("Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        HttpResponse<String> answer =
                ApiDescription.checked(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()));
        same(JSON.readTree(answer.body()).path("embedding"), one.at("/expected/normalized"), PICTURE, "file");
        ObjectNode json = JSON.createObjectNode().put("image", picture(CLIP, one));
        same(heads.post("/predict/" + CLIP, json).path("embedding"), one.at("/expected/normalized"), PICTURE, "JSON");
        ObjectNode text = JSON.createObjectNode().put("text", "green stripes");
        same(
                heads.post("/predict/" + CLIP, text).path("embedding"),
                cases(CLIP, "text-").get(2).at("/expected/normalized"),
                TEXT,
                "text");
    }

    /** Such a body is held in two forms until its images are decoded. */
    @Test
    void pictures_inACompressedBody_haveTheSameVectors() throws Exception {
        JsonNode one = pictures(CLIP).getFirst();
        ObjectNode body = JSON.createObjectNode().put("model", CLIP);
        body.putArray("texts").addObject().put("image", picture(CLIP, one));
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
        String picture = picture(CLIP, pictures(CLIP).getFirst());
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
                for (JsonNode one : pictures(model)) {
                    ObjectNode body = JSON.createObjectNode().put("model", model);
                    body.putArray("texts").add("a").addObject().put("image", picture(model, one));
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

    private static ObjectNode zeroShot(String model, JsonNode one) throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.set("labels", one.at("/request/candidate_labels"));
        body.set("hypothesis_template", one.at("/request/hypothesis_template"));
        return body;
    }

    /** As {@code huggingface_hub}'s zero_shot_image_classification asks. */
    private static ObjectNode asHubClients(String model, JsonNode one) throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("inputs", picture(model, one));
        body.putObject("parameters").set("candidate_labels", one.at("/request/candidate_labels"));
        return body;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'inputs':'aGVsbG8=','parameters':{'candidate_labels':['a','b']}} | 4 | inputs",
                "{'inputs':'%','parameters':{'candidate_labels':['a','b']}} | 4 | `inputs` is no base64",
                "{'parameters':{'candidate_labels':['a','b']}} | 4 | `inputs` is needed",
                "{'inputs':'aGVsbG8=','parameters':{'candidate_labels':[]}} | 4 | cannot be empty",
                "{'inputs':'aGVsbG8=','parameters':{'candidate_labels':['a'],'hypothesis_template':'x'}} | 4 | must have {}"
            })
    void hubClients_badRequest_isNamed(String body, String status, String message) throws Exception {
        HttpResponse<String> answer =
                heads.send("/", JSON.readTree(body.replace('\'', '"'))).get();
        assertThat(Integer.toString(answer.statusCode())).as(answer.body()).startsWith(status);
        assertThat(JSON.readTree(answer.body()).path("error").asText()).contains(message);
    }

    private static void sameScores(JsonNode found, JsonNode one) {
        // Turned as the camera says, as transformers' pipeline does.
        JsonNode expected = one.path("expected");
        JsonNode scores = expected.path(expected.has("pipeline_scores") ? "pipeline_scores" : "scores");
        assertThat(found).hasSameSizeAs(scores);
        for (int i = 0; i < scores.size(); i++) {
            JsonNode wanted = scores.get(i);
            assertThat(found).as("%s of %s", wanted, one.path("id")).anySatisfy(label -> {
                assertThat(label.path("label")).isEqualTo(wanted.path("label"));
                assertThat(label.path("score").asDouble())
                        .isCloseTo(wanted.path("score").asDouble(), within(PICTURE));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIP, SIGLIP})
    void classify_picturesByTheCallersLabels_asTheLibraryDoes(String model) throws Exception {
        List<JsonNode> all = cases(model, "zero-shot-");
        ObjectNode together = zeroShot(model, all.getFirst());
        ArrayNode images = together.putArray("images");
        for (JsonNode one : all) {
            ObjectNode body = zeroShot(model, one).put("image", picture(model, one));
            body.remove("hypothesis_template");
            JsonNode found = heads.post("/classify", body);
            assertThat(found.path("model").asText()).isEqualTo(model);
            sameScores(found.at("/predictions/0"), one);
            sameScores(heads.post("/", asHubClients(model, one)), one);
            images.add(picture(model, one));
        }
        JsonNode found = heads.post("/classify", together.put("top_k", 4)).path("predictions");
        for (int i = 0; i < all.size(); i++) {
            sameScores(found.get(i), all.get(i));
        }
        JsonNode best = heads.post("/classify", together.put("top_k", 1)).at("/predictions/0");
        assertThat(best).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'labels':[]|400|`labels` cannot be empty",
                "'labels':['a','b','a']|400|`labels[2]` is there twice",
                "'labels':['a','']|400|`labels[1]` cannot be empty",
                "'labels':['LONG']|413|`labels[0]` has 10000 characters",
                "'top_k':1|400|`labels` is needed",
                "'labels':['a'],'texts':['a']|400|`texts` and `image` are both given",
                "'labels':['a'],'images':['aGVsbG8=']|400|`images` and `image` are both given",
                "'labels':['a'],'multi_label':true|400|`multi_label` is not of use with images",
                "'labels':['a'],'hypothesis_template':'no place'|400|`hypothesis_template` must have {}",
                "'labels':['a']|415|`image`: "
            })
    void classify_badRequest_isNamed(String rest, String status, String message) throws Exception {
        String body = "{'model':'clip-vit-b32','image':'aGVsbG8='," + rest.replace("LONG", "x".repeat(10_000)) + "}";
        HttpResponse<String> answer =
                heads.send("/classify", JSON.readTree(body.replace('\'', '"'))).get();
        assertThat(answer.statusCode()).hasToString(status);
        assertThat(JSON.readTree(answer.body()).at("/error/message").asText()).contains(message);
    }

    @Test
    void classify_imageBomb_namesItsPlace() throws Exception {
        JsonNode one = cases(CLIP, "zero-shot-").getFirst();
        ObjectNode body = zeroShot(CLIP, one);
        String bomb = Base64.getEncoder().encodeToString(ImageFiles.emptyPng(60_000, 60_000));
        body.putArray("images").add(picture(CLIP, one)).add(bomb);
        HttpResponse<String> answer = heads.send("/classify", body).get();
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(JSON.readTree(answer.body()).at("/error/message").asText()).contains("`images[1]`");
    }

    @Test
    void classify_folderWithoutTheJointGraph_needsTheScaleToBeSet(@TempDir Path folder) throws Exception {
        Path source = heads.folder().resolve(CLIP);
        Files.createDirectories(folder.resolve("onnx"));
        for (String name : List.of(
                "config.json",
                "preprocessor_config.json",
                "tokenizer.json",
                "tokenizer_config.json",
                "onnx/text_model.onnx",
                "onnx/vision_model.onnx")) {
            Files.copy(source.resolve(name), folder.resolve(name));
        }
        String models = "models:\n  - {id: bare, path: " + folder + "}\n  - {id: told, path: " + folder
                + ", logit-scale: 25}\n";
        JsonNode one = cases(CLIP, "zero-shot-").getFirst();
        try (HeadsUnderTest own =
                new HeadsUnderTest(heads.folder(), WorkerUnderTest.start(Workbench.cache(), models, Map.of()))) {
            ObjectNode body = zeroShot("bare", one).put("image", picture(CLIP, one));
            HttpResponse<String> answer = own.send("/classify", body).get();
            assertThat(answer.statusCode()).isEqualTo(424);
            assertThat(answer.body()).contains("onnx/model.onnx", "logit-scale", "/embed");
            sameScores(own.post("/classify", body.put("model", "told")).at("/predictions/0"), one);
            ObjectNode texts = JSON.createObjectNode().put("model", "bare");
            texts.putArray("texts").add("green stripes");
            same(
                    own.post("/embed", texts).at("/embeddings/0"),
                    cases(CLIP, "text-").get(2).at("/expected/normalized"),
                    TEXT,
                    "bare");
        }
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
