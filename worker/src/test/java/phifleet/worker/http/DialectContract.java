package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import phifleet.http.Json;

/** What holds for every sentence encoder behind the HTTP layer: run on the fake and on the real model. */
interface DialectContract {
    String TEXTS = "[\"The cat sleeps.\",\"Où est la gare ?\",\"日本語 😀\"]";

    URI uri();

    int dimension();

    default HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return ApiDescription.checked(client.send(
                    HttpRequest.newBuilder(uri().resolve(path))
                            .version(HttpClient.Version.HTTP_1_1)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(json))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
    }

    default JsonNode answer(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> response = post(path, json);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.of(response);
    }

    @Test
    default void allDialects_sameTexts_giveTheSameVectors() throws Exception {
        JsonNode own = answer("/embed", "{\"texts\":" + TEXTS + "}");
        JsonNode tei = answer("/embed", "{\"inputs\":" + TEXTS + "}");
        JsonNode openAi = answer("/v1/embeddings", "{\"input\":" + TEXTS + "}");
        JsonNode base64 = answer("/v1/embeddings", "{\"input\":" + TEXTS + ",\"encoding_format\":\"base64\"}");
        assertThat(own.at("/embeddings")).hasSize(3).isEqualTo(tei);
        assertThat(own.at("/dimension").asInt()).isEqualTo(dimension());
        assertThat(own.at("/tokens")).isEqualTo(openAi.at("/usage/total_tokens"));
        for (int i = 0; i < 3; i++) {
            assertThat(openAi.at("/data/" + i + "/embedding")).isEqualTo(tei.get(i));
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder()
                            .decode(base64.at("/data/" + i + "/embedding").asText()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            double squares = 0;
            for (int d = 0; d < dimension(); d++) {
                float value = bytes.getFloat();
                assertThat(tei.get(i).get(d).floatValue()).isEqualTo(value);
                squares += value * value;
            }
            assertThat(squares).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    default void tokenIds_ofTokenize_giveTheVectorOfTheText() throws Exception {
        JsonNode tokens =
                answer("/tokenize", "{\"inputs\":\"The cat sleeps.\"}").get(0);
        StringBuilder ids = new StringBuilder("[");
        for (JsonNode token : tokens) {
            ids.append(ids.length() == 1 ? "" : ",").append(token.get("id").asInt());
        }
        JsonNode byIds = answer("/embed", "{\"inputs\":" + ids + "]}");
        assertThat(byIds).isEqualTo(answer("/embed", "{\"inputs\":\"The cat sleeps.\"}"));
        assertThat(answer("/decode", "{\"ids\":" + ids + "]}")).hasSize(1);
        assertThat(tokens.get(1).get("text").asText()).isEqualTo("The");
        assertThat(tokens.get(1).get("start").asInt()).isZero();
        assertThat(tokens.get(1).get("stop").asInt()).isEqualTo(3);
    }

    @Test
    default void similarity_ofTexts_isTheDotProductOfTheirVectors() throws Exception {
        JsonNode vectors = answer("/embed", "{\"inputs\":" + TEXTS + "}");
        JsonNode cosines = answer(
                "/similarity",
                "{\"inputs\":{\"source_sentence\":\"The cat sleeps.\",\"sentences\":[\"Où est la gare ?\",\"日本語 😀\"]}}");
        for (int i = 1; i < 3; i++) {
            double dot = 0;
            for (int d = 0; d < dimension(); d++) {
                dot += vectors.get(0).get(d).asDouble() * vectors.get(i).get(d).asDouble();
            }
            assertThat(cosines.get(i - 1).asDouble()).isCloseTo(dot, within(1e-5));
        }
    }

    @Test
    default void badInput_ofManyKinds_leavesTheNextRequestServed() throws Exception {
        for (String body : new String[] {
            "{\"texts\":[\"\\ud800\"]}",
            "{\"inputs\":[999999999]}",
            "{\"inputs\":[0,-1]}",
            "{\"texts\":[\"" + "a".repeat(300_000) + "\"]}",
            "{\"texts\":[\"a\"],\"prompt_name\":\"none such\"}",
            "{\"texts\":[\"" + "word ".repeat(5000) + "\"],\"truncate\":false}"
        }) {
            assertThat(post("/embed", body).statusCode()).isBetween(400, 422);
        }
        assertThat(answer("/embed", "{\"texts\":[\"" + "word ".repeat(5000) + "\",\"\",\"\\u0000\"]}")
                        .at("/embeddings"))
                .hasSize(3);
    }
}
