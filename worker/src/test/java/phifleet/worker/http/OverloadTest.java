package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.WorkerState;

/** 429 and 503 in each dialect: the words that its clients know, from both programs. */
class OverloadTest {
    private static BothPrograms both;

    /** A request of a dialect, and how its refusals look. */
    private record Dialect(String path, String body, String at429, String at503) {}

    private static final List<Dialect> DIALECTS = List.of(
            new Dialect(
                    "/embed",
                    "{\"texts\":[\"a\"]}",
                    "\\{\"error\":\\{\"code\":\"overloaded\",\"message\":\"[^\"]+\",\"retry_after_ms\":[0-9]+}}",
                    "\\{\"error\":\\{\"code\":\"[a-z_]+\",\"message\":\"[^\"]+\",\"retry_after_ms\":[0-9]+}}"),
            new Dialect(
                    "/embed",
                    "{\"inputs\":\"a\"}",
                    "\\{\"error\":\"[^\"]+\",\"error_type\":\"Overloaded\"}",
                    "\\{\"error\":\"[^\"]+\",\"error_type\":\"Unhealthy\"}"),
            new Dialect(
                    "/",
                    "{\"inputs\":\"a\"}",
                    "\\{\"error\":\"[^\"]+\",\"error_type\":\"Overloaded\"}",
                    "\\{\"error\":\"[^\"]+\",\"error_type\":\"Unhealthy\"}"),
            new Dialect(
                    "/similarity",
                    "{\"inputs\":{\"source_sentence\":\"a\",\"sentences\":[\"b\"]}}",
                    "\\{\"error\":\"[^\"]+\",\"error_type\":\"Overloaded\"}",
                    "\\{\"error\":\"[^\"]+\",\"error_type\":\"Unhealthy\"}"),
            new Dialect(
                    "/v1/embeddings",
                    "{\"input\":\"a\",\"model\":\"fake-model\"}",
                    "\\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"rate_limit_error\",\"param\":null,"
                            + "\"code\":\"rate_limit_exceeded\"}}",
                    "\\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"server_error\",\"param\":null,\"code\":\"[a-z_]+\"}}"),
            new Dialect(
                    "/embeddings",
                    "{\"input\":\"a\",\"model\":\"fake-model\"}",
                    "\\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"rate_limit_error\",\"param\":null,"
                            + "\"code\":\"rate_limit_exceeded\"}}",
                    "\\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"server_error\",\"param\":null,\"code\":\"[a-z_]+\"}}"),
            new Dialect(
                    "/v2/models/fake-model/infer",
                    "{\"inputs\":[{\"name\":\"text\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"a\"]}]}",
                    "\\{\"error\":\"[^\"]+\"}",
                    "\\{\"error\":\"[^\"]+\"}"));

    @BeforeAll
    static void start() {
        both = new BothPrograms();
    }

    @AfterAll
    static void stop() {
        both.close();
    }

    @Test
    void fullLane_is429FromBoth_inTheDialectsWords() {
        both.worker.encoder.refuse(FakeEncoder.overloaded());
        for (Dialect dialect : DIALECTS) {
            String answer = both.same(429, request(dialect));
            assertThat(answer).contains("retry-after=2").matches("(?s).*\n" + dialect.at429());
        }
        both.worker.encoder.answer();
    }

    /** The worker for want of a model, the gateway for want of a worker. */
    @Test
    void nobodyToServe_is503FromBoth_inTheDialectsWords() {
        both.worker.state.set(new WorkerState(WorkerState.Phase.STARTING, "loading x", Catalogue.empty()));
        both.members(List.of());
        for (Dialect dialect : DIALECTS) {
            for (int port : both.ports()) {
                assertThat(BothPrograms.ask(port, request(dialect)))
                        .startsWith("HTTP/1.1 503 ")
                        .contains("retry-after=1")
                        .matches("(?s).*\n" + dialect.at503());
            }
        }
    }

    private static String request(Dialect dialect) {
        return "POST " + dialect.path() + " HTTP/1.1\r\nHost: x\r\n" + BothPrograms.KEY
                + "Content-Type: application/json\r\nContent-Length: "
                + dialect.body().length() + "\r\n\r\n" + dialect.body();
    }
}
