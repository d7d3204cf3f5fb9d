package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images at the bare address, as {@code huggingface_hub}'s image_classification and object_detection send them. */
class BarePicturesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String VIT = "vit-image-classifier";
    private static final String YOLOS = "yolos-detector";
    private static final double CLOSE = 1e-3;

    private static HeadsUnderTest heads;

    @BeforeAll
    static void start() throws Exception {
        heads = HeadsUnderTest.start(List.of("emotion-distilbert", YOLOS, VIT, "clip-vit-b32"));
    }

    @AfterAll
    static void stop() {
        if (heads != null) {
            heads.close();
        }
    }

    private static HttpResponse<String> send(
            HeadsUnderTest to, byte[] body, @Nullable String type, @Nullable String model) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(to.worker().uri()).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (model != null) {
            request.header("X-Model", model);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode answer(byte[] body, @Nullable String type, @Nullable String model) throws Exception {
        HttpResponse<String> answer = ApiDescription.checked(send(heads, body, type, model));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode one() throws Exception {
        return heads.cases(VIT).getFirst();
    }

    private static byte[] picture() throws Exception {
        return Files.readAllBytes(
                heads.folder().resolve(VIT).resolve(one().at("/request/image").asText()));
    }

    private static ObjectNode inputs() throws Exception {
        return JSON.createObjectNode().put("inputs", Base64.getEncoder().encodeToString(picture()));
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void areTheKnownLabels(JsonNode found, int most) throws Exception {
        JsonNode scores = one().at("/expected/scores");
        assertThat(found).hasSize(Math.min(most, scores.size()));
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).path("label")).isEqualTo(scores.get(i).path("label"));
            assertThat(found.get(i).path("score").asDouble())
                    .isCloseTo(scores.get(i).path("score").asDouble(), within(CLOSE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/octet-stream", ""})
    void file_withoutAName_isSeenByTheFirstClassifierOfImages(String type) throws Exception {
        areTheKnownLabels(answer(picture(), type.isEmpty() ? null : type, null), 5);
    }

    @Test
    void inputs_withParameters_areTheSameImage() throws Exception {
        ObjectNode body = inputs();
        body.putObject("parameters").put("top_k", 2).putNull("function_to_apply");
        areTheKnownLabels(answer(bytes(body), "application/json", null), 2);
        areTheKnownLabels(answer(bytes(inputs().put("model", VIT)), "application/json", null), 5);
    }

    @Test
    void file_forADetector_isAListOfBoxesInWholePixels() throws Exception {
        JsonNode own = JSON.readTree(CLIENT.send(
                        HttpRequest.newBuilder(heads.worker().uri().resolve("/predict/" + YOLOS))
                                .header("Content-Type", "image/png")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(picture()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        JsonNode found = answer(picture(), "image/png", YOLOS);
        assertThat(found).hasSameSizeAs(own.path("detections")).isNotEmpty();
        for (int i = 0; i < found.size(); i++) {
            JsonNode box = own.at("/detections/" + i + "/box");
            assertThat(found.get(i).path("label")).isEqualTo(own.at("/detections/" + i + "/label"));
            assertThat(found.at("/" + i + "/box/xmin").asLong())
                    .isEqualTo((long) box.path(0).asDouble());
            assertThat(found.at("/" + i + "/box/ymax").asLong())
                    .isEqualTo((long) box.path(3).asDouble());
        }
    }

    @Test
    void imageWithLabelsOfTheCallers_isForTheModelOfWordsAndPictures_andATextIsNot() throws Exception {
        ObjectNode body = inputs();
        body.putObject("parameters").putArray("candidate_labels").add("red").add("green");
        assertThat(answer(bytes(body), "application/json", null)).hasSize(2);
        byte[] text = "{\"inputs\":\"What a wonderful concert.\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(answer(text, "application/json", "emotion-distilbert").toString())
                .contains("joy");
        assertThat(answer(text, "application/json", null).at("/0/0").isNumber()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{\"inputs\":\"/9j/%\"} | - | 422 | `inputs` is no base64",
                "{\"inputs\":\"/9j/4AAQ\"} | - | 422 | cut short",
                "{\"inputs\":\"/9j/4AAQ\",\"parameters\":{\"function_to_apply\":\"sigmoid\"}} | - | 422 | `parameters.function_to_apply` must be softmax",
                "{\"inputs\":\"/9j/4AAQ\",\"parameters\":{\"top_k\":0}} | - | 422 | parameters.top_k",
                "{\"inputs\":\"/9j/4AAQ\",\"parameters\":{\"threshold\":7}} | - | 422 | parameters.threshold",
                "{\"inputs\":\"/9j/4AAQ\",\"model\":\"none\"} | - | 404 | none"
            })
    void mistake_isNamed(String body, @Nullable String model, int status, String message) throws Exception {
        HttpResponse<String> answer =
                ApiDescription.checked(send(heads, body.getBytes(StandardCharsets.UTF_8), "application/json", model));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).path("error").asText()).contains(message);
    }

    @Test
    void file_thatIsCutShort_isRefusedInTheDialectsShape() throws Exception {
        byte[] half = Arrays.copyOf(picture(), 40);
        HttpResponse<String> answer = ApiDescription.checked(send(heads, half, "image/png", null));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(answer.body()).path("error").asText()).isNotEmpty();
    }

    @Test
    void file_whereNothingSees_isRefusedWithTheKindThatIsMissing() throws Exception {
        try (HeadsUnderTest blind = HeadsUnderTest.start(List.of("emotion-distilbert"))) {
            for (String type : List.of("image/png", "application/json")) {
                byte[] body = type.equals("image/png") ? picture() : bytes(inputs());
                HttpResponse<String> answer = ApiDescription.checked(send(blind, body, type, null));
                assertThat(answer.statusCode()).isEqualTo(424);
                assertThat(answer.body()).contains("image-classifier");
            }
        }
    }
}
