package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of ../shared/models/heads with texts and images in one space, each named by its path alone, against what transformers gave. */
class SharedTextImagesTest {
    private static final String CLIP = "clip-vit-b32";
    private static final String SIGLIP = "siglip-base";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of numbers of a vector. */
    private static final double TEXT = 1e-3;

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
