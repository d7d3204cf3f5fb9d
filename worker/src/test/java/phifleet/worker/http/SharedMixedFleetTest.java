package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import phifleet.inference.testing.SharedFiles;

/** Requests that name no model, through a gateway before two workers of which one alone can answer each. */
class SharedMixedFleetTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** More than enough for either worker to get one. */
    private static final int ROUNDS = 6;

    private static HeadsUnderTest seeing;
    private static HeadsUnderTest reading;
    private static GatewayBefore gateway;

    @BeforeAll
    static void start() throws Exception {
        seeing = HeadsUnderTest.start(List.of("clip-vit-b32", "vit-image-classifier", "emotion-distilbert"));
        reading = HeadsUnderTest.start(List.of("bge-m3-three-outputs", "sentiment-roberta-binary"));
        gateway = GatewayBefore.of(
                null, null, seeing.worker().uri(), reading.worker().uri());
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (reading != null) {
            reading.close();
        }
        if (seeing != null) {
            seeing.close();
        }
    }

    private static void answersAlways(String path, String body, String model) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        for (int i = 0; i < ROUNDS; i++) {
            HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode found = JSON.readTree(answer.body());
            assertThat(found.path("model").asText()).isEqualTo(model);
        }
    }

    private static String picture() throws Exception {
        Path images = SharedFiles.file("models/heads").resolve("clip-vit-b32/images");
        try (var files = Files.list(images)) {
            return Base64.getEncoder()
                    .encodeToString(
                            Files.readAllBytes(files.sorted().findFirst().orElseThrow()));
        }
    }

    @Test
    void embed_withOutputs_goesWhereOneModelGivesThem() throws Exception {
        for (String outputs : List.of("'sparse'", "'multi_vector'", "'dense','sparse'", "'sparse','multi_vector'")) {
            answersAlways("/embed", "{'texts':['a text'],'outputs':[" + outputs + "]}", "bge-m3-three-outputs");
        }
    }

    @Test
    void image_atTheBareAddress_goesWhereAModelSees() throws Exception {
        String picture = picture();
        byte[] file = Base64.getDecoder().decode(picture);
        String labels = "{\"inputs\":\"" + picture + "\",\"parameters\":{\"candidate_labels\":[\"red\",\"green\"]}}";
        String parameters = "{\"inputs\":\"" + picture + "\",\"parameters\":{\"top_k\":2}}";
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(atTheBareAddress(file, "image/png")).hasSize(5);
            assertThat(atTheBareAddress(labels.getBytes(StandardCharsets.UTF_8), "application/json"))
                    .hasSize(2);
            assertThat(atTheBareAddress(parameters.getBytes(StandardCharsets.UTF_8), "application/json"))
                    .hasSize(2);
        }
    }

    private static JsonNode atTheBareAddress(byte[] body, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port()))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode seen = JSON.readTree(answer.body());
        assertThat(seen).allSatisfy(label -> assertThat(label.has("label")).isTrue());
        return seen;
    }

    @Test
    void image_toClassifyOrToEmbed_goesWhereAModelSees() throws Exception {
        answersAlways("/classify", "{'image':'" + picture() + "','labels':['red','green']}", "clip-vit-b32");
        answersAlways("/embed", "{'texts':['red',{'image':'" + picture() + "'}]}", "clip-vit-b32");
        answersAlways("/v1/embeddings", "{'input':[{'image':'" + picture() + "'}]}", "clip-vit-b32");
    }
}
