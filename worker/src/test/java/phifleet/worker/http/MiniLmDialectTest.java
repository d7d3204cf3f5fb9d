package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import phifleet.inference.testing.Workbench;
import phifleet.worker.WorkerUnderTest;

/** The contract on the model that the worker embeds, and what only a real model can show. */
class MiniLmDialectTest implements DialectContract {
    private static WorkerUnderTest worker;

    @BeforeAll
    static void start() throws Exception {
        worker = WorkerUnderTest.start(Workbench.cache(), Map.of());
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Override
    public URI uri() {
        return worker.uri();
    }

    @Override
    public int dimension() {
        return 384;
    }

    @Test
    void similarity_paraphrase_isNearerThanAnotherSubject() throws Exception {
        JsonNode cosines = answer(
                "/similarity",
                "{\"inputs\":{\"source_sentence\":\"A man is eating food.\","
                        + "\"sentences\":[\"A man is eating a meal.\",\"The stock market fell today.\"]}}");
        assertThat(cosines.get(0).asDouble()).isGreaterThan(0.7);
        assertThat(cosines.get(1).asDouble()).isLessThan(0.2);
    }

    @Test
    void embed_hundredsOfTexts_areAllAnswered() throws Exception {
        JsonNode json = answer("/embed", "{\"texts\":[\"a\"" + ",\"a b\"".repeat(255) + "]}");
        assertThat(json.at("/embeddings")).hasSize(256);
        assertThat(json.at("/embeddings/255")).isEqualTo(json.at("/embeddings/1"));
    }
}
