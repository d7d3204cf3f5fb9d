package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The last lines of the log are operators' alone. */
class LogsTest {
    @Test
    void logs_withoutAnAdminKey_areNotThere() {
        try (TestWorker worker = new TestWorker("api-key: secret")) {
            assertThat(worker.get("/logs", "Authorization", "Bearer secret").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void logs_withOne_areForWhoBringsIt() {
        try (TestWorker worker = new TestWorker("{api-key: secret, admin-key: topmost}")) {
            assertThat(worker.get("/logs", "Authorization", "Bearer secret").statusCode())
                    .isEqualTo(401);
            assertThat(worker.get("/logs", "Authorization", "Bearer topmost").body())
                    .startsWith("{\"lines\":[");
            assertThat(worker.get("/logs?lines=501", "Authorization", "Bearer topmost")
                            .body())
                    .contains("`lines` is '501', and must be a whole number from 1 to 500");
        }
    }

    @Test
    void info_saysWhatTheProcessTakes() {
        try (TestWorker worker = new TestWorker("")) {
            assertThat(worker.get("/info").body()).containsPattern("\"resident_bytes\":[1-9]\\d{7,}");
        }
    }
}
