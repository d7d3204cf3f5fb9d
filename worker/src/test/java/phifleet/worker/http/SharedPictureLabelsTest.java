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
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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

/** Images by the caller's labels, which are told by texts and images in one space, against what transformers gave. */
class SharedPictureLabelsTest {
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

    private static ObjectNode zeroShot(String model, JsonNode one) throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.set("labels", one.at("/request/candidate_labels"));
        body.set("hypothesis_template", one.at("/request/hypothesis_template"));
        return body;
    }

    /** As {@code huggingface_hub}'s zero_shot_image_classification asks. */
    private static ObjectNode asHubClients(String model, JsonNode one) throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("inputs", library.picture(model, one));
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
        List<JsonNode> all = library.of(model, "zero-shot-");
        ObjectNode together = zeroShot(model, all.getFirst());
        ArrayNode images = together.putArray("images");
        for (JsonNode one : all) {
            ObjectNode body = zeroShot(model, one).put("image", library.picture(model, one));
            body.remove("hypothesis_template");
            JsonNode found = heads.post("/classify", body);
            assertThat(found.path("model").asText()).isEqualTo(model);
            sameScores(found.at("/predictions/0"), one);
            sameScores(heads.post("/", asHubClients(model, one)), one);
            images.add(library.picture(model, one));
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
        JsonNode one = library.of(CLIP, "zero-shot-").getFirst();
        ObjectNode body = zeroShot(CLIP, one);
        String bomb = Base64.getEncoder().encodeToString(ImageFiles.emptyPng(60_000, 60_000));
        body.putArray("images").add(library.picture(CLIP, one)).add(bomb);
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
        JsonNode one = library.of(CLIP, "zero-shot-").getFirst();
        try (HeadsUnderTest own =
                new HeadsUnderTest(heads.folder(), WorkerUnderTest.start(Workbench.cache(), models, Map.of()))) {
            ObjectNode body = zeroShot("bare", one).put("image", library.picture(CLIP, one));
            HttpResponse<String> answer = own.send("/classify", body).get();
            assertThat(answer.statusCode()).isEqualTo(424);
            assertThat(answer.body()).contains("onnx/model.onnx", "logit-scale", "/embed");
            sameScores(own.post("/classify", body.put("model", "told")).at("/predictions/0"), one);
            ObjectNode texts = JSON.createObjectNode().put("model", "bare");
            texts.putArray("texts").add("green stripes");
            same(
                    own.post("/embed", texts).at("/embeddings/0"),
                    library.of(CLIP, "text-").get(2).at("/expected/normalized"),
                    TEXT,
                    "bare");
        }
    }
}
