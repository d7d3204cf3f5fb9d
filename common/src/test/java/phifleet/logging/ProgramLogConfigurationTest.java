package phifleet.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.Test;

class ProgramLogConfigurationTest {
    /** What is printed where a program and a library that is to be quieter say something at two levels. */
    private static List<String> printed(LogFormat format) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try (LoggerContext context = new LoggerContext("test")) {
            context.start(new ProgramLogConfiguration(format, LogLevel.INFO, Map.of("library", LogLevel.ERROR)));
            context.getLogger("program.Main").info("ready, φ");
            context.getLogger("program.Main").debug("detail");
            context.getLogger("library.part").warn("chatter");
            context.getLogger("library.part").error("trouble");
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
}
