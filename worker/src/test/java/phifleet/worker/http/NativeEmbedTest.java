package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NativeEmbedTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("");
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Test
    void embed_twoTexts_answersVectorsModelAndCounts() throws Exception {
        HttpResponse<String> response = worker.post("/embed", "{\"texts\":[\"ab cde\",\"é\"],\"normalize\":false}");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode json = MAPPER.readTree(response.body());
        // Ids 1, 12, 13, 2 and 1, 11, 2.
        assertThat(json.at("/embeddings/0").toString()).isEqualTo("[3.5,3.625,3.75,3.875]");
        assertThat(json.at("/embeddings/1").toString()).isEqualTo("[1.75,1.875,2.0,2.125]");
        assertThat(json.at("/model").asText()).isEqualTo("fake-model");
        assertThat(json.at("/dimension").asInt()).isEqualTo(4);
        assertThat(json.at("/tokens").asInt()).isEqualTo(7);
        assertThat(json.at("/processing_time_ms").asDouble()).isPositive();
    }
}
