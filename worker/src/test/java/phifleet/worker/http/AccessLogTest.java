package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phifleet.logging.ProgramLog;

/** A line of JSON a request, where it is asked for. */
class AccessLogTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);

    @BeforeEach
    void listen() {
        AbstractAppender appender = new AbstractAppender("test", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.add(event.getMessage().getFormattedMessage());
            }
        };
        appender.start();
        LoggerConfig requests = new LoggerConfig(ProgramLog.ACCESS_LOGGER, Level.INFO, false);
        requests.addAppender(appender, null, null);
        context.getConfiguration().addLogger(ProgramLog.ACCESS_LOGGER, requests);
        context.updateLoggers();
    }

    @AfterEach
    void leave() {
        context.getConfiguration().removeLogger(ProgramLog.ACCESS_LOGGER);
        context.updateLoggers();
    }

    @Test
    void request_isALineOfWhoAnsweredWhatAndHowFast_withNothingOfItsBodyOrQuery() throws Exception {
        try (TestWorker worker = new TestWorker("api-key: secret")) {
            String body = "{\"texts\":[\"their {} words\"]}";
            worker.post("/embed?said=theirs", body, "X-Request-Id", "r-1", "Authorization", "Bearer secret");
            worker.post("/embed", body, "X-Request-Id", "r-2");
            worker.awaitIdle();

            JsonNode good = new ObjectMapper().readTree(lines.get(0));
            assertThat(good.get("request_id").asText()).isEqualTo("r-1");
            assertThat(good.get("worker_id").asText()).isEqualTo("worker-a");
            assertThat(good.get("model").asText()).isEqualTo("fake-model");
            assertThat(good.get("route").asText()).isEqualTo("/embed");
            assertThat(good.get("path").asText()).isEqualTo("/embed");
            assertThat(good.get("status").asInt()).isEqualTo(200);
            assertThat(good.get("took_ms").isNumber()).isTrue();
            JsonNode refused = new ObjectMapper().readTree(lines.get(1));
            assertThat(refused.get("status").asInt()).isEqualTo(401);
            assertThat(refused.get("problem").asText()).isEqualTo("unauthorized");
            assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("their", "secret"));
        }
    }
}
