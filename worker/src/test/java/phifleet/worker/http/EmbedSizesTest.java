package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.http.Json;

/** Vectors in other types than 32-bit floats, and as bytes alone. */
class EmbedSizesTest {
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("");
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    private static JsonNode answer(String path, String body) {
        HttpResponse<String> response = worker.post(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.of(response);
    }

    private static HttpResponse<byte[]> bytes(String path, String body, String accept) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + worker.port + path))
                            .header("Content-Type", "application/json")
                            .header("Accept", accept)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void embed_eachType_isWritten() {
        String texts = "{\"texts\":[\"ab cde\"],\"normalize\":false,\"output_dtype\":\"";
        // The fake's vector is 3.5, 3.625, 3.75, 3.875.
        assertThat(answer("/embed", texts + "float16\"}").at("/embeddings/0").toString())
                .isEqualTo("[3.5,3.625,3.75,3.875]");
        JsonNode binary = answer("/embed", texts + "binary\"}");
        assertThat(binary.at("/embeddings/0").toString()).isEqualTo("[112]");
        assertThat(binary.at("/output_dtype").asText()).isEqualTo("binary");
        assertThat(binary.at("/dimension").asInt()).isEqualTo(4);
        assertThat(answer("/embed", texts + "ubinary\"}").at("/embeddings/0").toString())
                .isEqualTo("[240]");
        assertThat(answer("/embed", texts + "float32\"}").has("output_dtype")).isFalse();
    }

    @Test
    void openAi_voyagesAndJinasFields_areTaken() {
        JsonNode voyage = answer(
                "/v1/embeddings",
                "{\"input\":\"ab cde\",\"output_dtype\":\"ubinary\",\"output_dimension\":3,\"input_type\":\"query\"}");
        assertThat(voyage.at("/data/0/embedding").toString()).isEqualTo("[224]");
        assertThat(answer("/v1/embeddings", "{\"input\":\"ab cde\",\"embedding_type\":\"binary\"}")
                        .at("/data/0/embedding")
                        .toString())
                .isEqualTo("[112]");
        JsonNode base64 = answer("/v1/embeddings", "{\"input\":\"ab cde\",\"embedding_type\":\"base64\"}");
        assertThat(Base64.getDecoder().decode(base64.at("/data/0/embedding").asText()))
                .hasSize(16);
        JsonNode halves = answer(
                "/v1/embeddings",
                "{\"input\":\"ab cde\",\"output_dtype\":\"bfloat16\",\"encoding_format\":\"base64\"}");
        assertThat(Base64.getDecoder().decode(halves.at("/data/0/embedding").asText()))
                .hasSize(8);
    }

    @Test
    void cohere_eachType_hasAListOfItsOwn() {
        JsonNode answer = answer(
                "/v2/embed",
                "{\"model\":\"fake-model\",\"texts\":[\"ab cde\",\"é\"],\"input_type\":\"search_document\","
                        + "\"embedding_types\":[\"ubinary\",\"float\",\"base64\",\"binary\"]}");
        assertThat(answer.at("/embeddings/ubinary").toString()).isEqualTo("[[240],[240]]");
        assertThat(answer.at("/embeddings/binary").toString()).isEqualTo("[[112],[112]]");
        JsonNode floats = answer("/embed", "{\"texts\":[\"ab cde\",\"é\"]}").at("/embeddings");
        assertThat(answer.at("/embeddings/float")).isEqualTo(floats);
        assertThat(answer.at("/embeddings/base64")).hasSize(2);
        assertThat(answer.at("/texts").toString()).isEqualTo("[\"ab cde\",\"é\"]");
        assertThat(answer.at("/meta/billed_units/input_tokens").asInt()).isEqualTo(7);
        assertThat(answer.at("/response_type").asText()).isEqualTo("embeddings_by_type");
        assertThat(answer.at("/id").asText()).isNotEmpty();
        JsonNode inputs = answer("/v2/embed", "{\"inputs\":[{\"content\":[{\"type\":\"text\",\"text\":\"ab cde\"}]}]}");
        assertThat(inputs.at("/embeddings/float/0")).isEqualTo(floats.get(0));
    }

    @Test
    void cohere_firstVersion_hasAListOfVectorsUnlessTypesAreNamed() {
        JsonNode answer = answer("/v1/embed", "{\"texts\":[\"ab cde\",\"é\"],\"input_type\":\"search_query\"}");
        assertThat(answer.at("/embeddings"))
                .isEqualTo(answer("/embed", "{\"texts\":[\"ab cde\",\"é\"]}").at("/embeddings"));
        assertThat(answer.at("/response_type").asText()).isEqualTo("embeddings_floats");
        assertThat(answer.at("/meta/api_version/version").asText()).isEqualTo("1");
        JsonNode typed = answer("/v1/embed", "{\"texts\":[\"ab cde\"],\"embedding_types\":[\"ubinary\"]}");
        assertThat(typed.at("/embeddings").toString()).isEqualTo("{\"ubinary\":[[240]]}");
        assertThat(typed.at("/response_type").asText()).isEqualTo("embeddings_by_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/embed {} `texts` is needed",
                "/embed {\"texts\":[\"a\"],\"output_dtype\":\"int8\"} `output_dtype` int8 needs",
                "/embed {\"texts\":[\"a\"],\"output_dtype\":\"float8\"} must be one of float32",
                "/v1/embeddings {\"input\":\"a\",\"embedding_type\":\"uint8\"} `embedding_type` uint8 needs",
                "/v1/embeddings {\"input\":\"a\",\"input_type\":\"page\"} must be query or document",
                "/v2/embed {\"texts\":[\"a\"],\"embedding_types\":[\"float\",\"int8\"]} `embedding_types` int8 needs",
                "/v2/embed {\"texts\":[\"a\"],\"embedding_types\":[\"int4\"]} `embedding_types[0]` must be float",
                "/v2/embed {\"texts\":[]} texts",
                "/v2/embed {} `texts` is needed",
                "/v2/embed {\"images\":[\"a\"]} `images` is not taken",
                "/v2/embed {\"texts\":[\"a\"],\"inputs\":[{\"content\":[{\"text\":\"b\"}]}]} both given",
                "/v2/embed {\"inputs\":[{\"content\":[]}]} must be a list of one text",
                "/v2/embed {\"inputs\":[{\"content\":[{\"type\":\"image_url\"}]}]} `inputs[0].content[0].text` is needed",
                "/v2/embed {\"texts\":[\"a\"],\"truncate\":\"MIDDLE\"} must be NONE, START or END"
            })
    void mistakes_areNamed(String pathBodyAndReason) {
        int body = pathBodyAndReason.indexOf(' ');
        int reason = pathBodyAndReason.lastIndexOf("} ") + 1;
        HttpResponse<String> answer =
                worker.post(pathBodyAndReason.substring(0, body), pathBodyAndReason.substring(body + 1, reason));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(pathBodyAndReason.substring(reason + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/embed texts", "/embed inputs", "/v1/embeddings input"})
    void rows_askedFor_areTheFloatsOfTheJson(String pathAndField) throws Exception {
        String path = pathAndField.substring(0, pathAndField.indexOf(' '));
        String field = pathAndField.substring(path.length() + 1);
        StringBuilder texts = new StringBuilder("[\"ab cde\"");
        for (int i = 1; i < 500; i++) {
            texts.append(",\"").append("a".repeat(1 + i % 40)).append('"');
        }
        HttpResponse<byte[]> rows =
                bytes(path, "{\"" + field + "\":" + texts + "]}", "application/octet-stream, application/json;q=0.5");
        assertThat(rows.statusCode()).isEqualTo(200);
        assertThat(rows.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(rows.headers().firstValue("X-Embedding-Shape")).contains("500,4");
        assertThat(rows.headers().firstValue("X-Embedding-Dtype")).contains("float32");
        assertThat(rows.headers().firstValue("x-compute-tokens")).isPresent();
        JsonNode json = answer("/embed", "{\"texts\":" + texts + "]}").at("/embeddings");
        ByteBuffer floats = ByteBuffer.wrap(rows.body()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(floats.remaining()).isEqualTo(500 * 4 * 4);
        for (int row = 0; row < 500; row++) {
            for (int at = 0; at < 4; at++) {
                assertThat(floats.getFloat())
                        .isEqualTo((float) json.at("/" + row + "/" + at).asDouble());
            }
        }
    }

    @Test
    void rows_otherTypeOrNotAskedFor_areThatOrJson() throws Exception {
        HttpResponse<byte[]> bits =
                bytes("/embed", "{\"texts\":[\"ab cde\"],\"output_dtype\":\"ubinary\"}", "application/octet-stream");
        assertThat(bits.headers().firstValue("X-Embedding-Shape")).contains("1,1");
        assertThat(bits.headers().firstValue("X-Embedding-Dtype")).contains("ubinary");
        assertThat(bits.body()).containsExactly(240);
        for (String accept : new String[] {"*/*", "application/json, application/octet-stream"}) {
            assertThat(bytes("/embed", "{\"texts\":[\"a\"]}", accept).headers().firstValue("Content-Type"))
                    .contains("application/json");
        }
        HttpResponse<byte[]> refused = bytes("/embed", "{\"texts\":[]}", "application/octet-stream");
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/json");
        HttpResponse<byte[]> similar = bytes(
                "/similarity",
                "{\"inputs\":{\"source_sentence\":\"a\",\"sentences\":[\"b\"]}}",
                "application/octet-stream");
        assertThat(similar.headers().firstValue("Content-Type")).contains("application/json");
    }
}
