package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MetricsTest {
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
    void metrics_afterRequests_countThemByRouteModelAndReason() {
        worker.post("/embed", "{\"texts\":[\"a\"]}");
        worker.post("/embed", "{\"texts\":[\"a\"],\"model\":\"fake-alias\"}");
        worker.post("/embed", "{\"texts\":[\"a\"],\"model\":\"made-up-name\"}");
        worker.post("/embed", "{\"texts\":[]}");
        worker.get("/made/up/path");
        worker.awaitIdle();
        HttpResponse<String> response = worker.get("/metrics");
        assertThat(response.headers().firstValue("content-type"))
                .get()
                .asString()
                .startsWith("text/plain");
        assertThat(response.body())
                .contains("requests_received_total{model=\"fake-model\",route=\"/embed\"} 2.0")
                .contains("requests_received_total{model=\"none\",route=\"/embed\"} 2.0")
                .contains("requests_received_total{model=\"none\",route=\"other\"} 1.0")
                .contains("request_latency_seconds_bucket{model=\"fake-model\",route=\"/embed\",le=\"0.001\"}")
                .contains("request_latency_seconds_count{model=\"fake-model\",route=\"/embed\"} 2")
                .contains("requests_rejected_total{reason=\"model_not_found\"} 1.0")
                .contains("requests_rejected_total{reason=\"empty\"} 1.0")
                .contains("requests_rejected_total{reason=\"not_found\"} 1.0")
                .contains("requests_rejected_total{reason=\"overloaded\"} 0.0")
                .contains("tokenization_seconds_count{model=\"fake-model\"} 2")
                .contains("# TYPE nv_inference_request_success counter\n"
                        + "nv_inference_request_success{model=\"fake-model\",version=\"1\"} ")
                .contains("nv_inference_compute_infer_duration_us{model=\"fake-model\",version=\"1\"} ")
                .containsPattern("\nhttp_connections [1-9]")
                .doesNotContain("made");
    }
}
