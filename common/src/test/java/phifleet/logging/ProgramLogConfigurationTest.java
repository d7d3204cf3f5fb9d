package phifleet.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.Test;

class ProgramLogConfigurationTest {
    private final RecentLines recent = new RecentLines();

    /** What is printed where a program and a library that is to be quieter say something at two levels. */
    private List<String> printed(LogFormat format) {
        return printed(format, false, context -> {
            context.getLogger("program.Main").info("ready, φ");
            context.getLogger("program.Main").debug("detail");
            context.getLogger("library.part").warn("chatter");
            context.getLogger("library.part").error("trouble");
        });
    }

    private List<String> printed(LogFormat format, boolean access, Consumer<LoggerContext> said) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try (LoggerContext context = new LoggerContext("test")) {
            context.start(new ProgramLogConfiguration(
                    format,
                    LogLevel.INFO,
                    access,
                    new ProgramLog.Source("worker_id", "w1"),
                    Map.of("library", LogLevel.ERROR),
                    recent));
            said.accept(context);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void text_isALineForPeople() {
        assertThat(printed(LogFormat.TEXT))
                .satisfiesExactly(
                        line -> assertThat(line).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  Main ready, φ"),
                        line -> assertThat(line).matches("\\S+ ERROR part trouble"));
    }

    @Test
    void json_isAnObjectALine() throws Exception {
        List<String> lines = printed(LogFormat.JSON);
        assertThat(lines).hasSize(2);
        JsonNode first = new JsonMapper().readTree(lines.getFirst());
        assertThat(first.get("message").asText()).isEqualTo("ready, φ");
        assertThat(first.get("level").asText()).isEqualTo("INFO");
        assertThat(first.get("logger_name").asText()).isEqualTo("program.Main");
    }

    @Test
    void json_namesTheProgramAndTheRequestWhereThereIsOne() throws Exception {
        List<String> lines = printed(LogFormat.JSON, false, context -> {
            context.getLogger("program.Main").info("of none");
            ThreadContext.put(ProgramLog.REQUEST_ID, "r-7");
            context.getLogger("program.Main").info("of one");
            ThreadContext.remove(ProgramLog.REQUEST_ID);
        });

        JsonNode first = new JsonMapper().readTree(lines.get(0));
        JsonNode second = new JsonMapper().readTree(lines.get(1));
        assertThat(first.get("worker_id").asText()).isEqualTo("w1");
        assertThat(first.has("request_id")).isFalse();
        assertThat(second.get("request_id").asText()).isEqualTo("r-7");
        assertThat(recent.last(1).getFirst().requestId()).isEqualTo("r-7");
    }

    @Test
    void accessLog_isThereOnlyWhereItIsAskedFor_asItWasSaid_andNotAmongTheLastLines() {
        Consumer<LoggerContext> said =
                context -> context.getLogger(ProgramLog.ACCESS_LOGGER).info("{\"status\":200}");

        assertThat(printed(LogFormat.TEXT, false, said)).isEmpty();
        assertThat(printed(LogFormat.TEXT, true, said)).containsExactly("{\"status\":200}");
        assertThat(recent.last(10)).isEmpty();
    }

    @Test
    void lastLines_areKept_withoutKeysOrWhatCallersSent() {
        recent.conceal(Set.of("the-api-key", "x"));
        printed(LogFormat.TEXT, false, context -> {
            context.getLogger("phifleet.worker.Main").info("called with the-api-key, x");
            context.getLogger("phifleet.access").info("POST /embed 400 : unknown field 'their words'");
            context.getLogger("phifleet.access").error("POST /embed failed", new IllegalStateException("their words"));
            context.getLogger("phifleet.worker.Main").warn("cannot load", new IllegalStateException("no such file"));
            context.getLogger("io.vertx.core").error("unhandled", new IllegalStateException("their words"));
        });

        assertThat(recent.last(10))
                .extracting(RecentLines.Line::message)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("called with [key], x"),
                        second -> assertThat(second)
                                .startsWith(
                                        "POST /embed failed\njava.lang.IllegalStateException\n  at phifleet.logging."),
                        third -> assertThat(third)
                                .startsWith("cannot load\njava.lang.IllegalStateException: no such file\n"),
                        fourth -> assertThat(fourth).doesNotContain("their words"));
    }

    @Test
    void lastLines_areBoundedInNumberAndLength() {
        for (int i = 0; i < 2 * RecentLines.MOST; i++) {
            recent.add(new RecentLines.Line(Instant.EPOCH, "INFO", "Main", i + "x".repeat(5_000), null));
        }

        assertThat(recent.last(Integer.MAX_VALUE)).hasSize(RecentLines.MOST);
        assertThat(recent.last(2))
                .extracting(RecentLines.Line::message)
                .allSatisfy(line -> assertThat(line).hasSize(1_000));
        assertThat(recent.last(1).getFirst().message()).startsWith("999x");
    }
}
