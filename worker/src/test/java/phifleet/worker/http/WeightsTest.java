package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What a worker says to whoever wants it to divide requests by itself. */
class WeightsTest {
    @Test
    void weights_notFromAGateway_areRefused() {
        try (TestWorker worker = new TestWorker("{admin-key: a}")) {
            HttpResponse<String> answer = worker.post(
                    "/v2/repository/models/m/weights",
                    "{\"parameters\":{\"config\":\"{}\"}}",
                    "Authorization",
                    "Bearer a");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("PUT /fleet/models/{model}/weights");
            assertThat(worker.get("/info").body()).doesNotContain("changes");
        }
    }
}
