package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.http.Json;
import phifleet.http.RawClient;

/** Whatever is sent: a clear error in the dialect's own shape, and the next request is served. */
class BadInputTest {
    private static TestWorker worker;

    enum Dialect {
        NATIVE("/embed", "texts"),
        TEI("/embed", "inputs"),
        OPEN_AI("/v1/embeddings", "input");

        final String path;
        final String field;

        Dialect(String path, String field) {
            this.path = path;
            this.field = field;
        }

        /** The status for a value that does not fit its field. */
        int mismatch() {
            return this == TEI ? 422 : 400;
        }

        String message(JsonNode answer) {
            return switch (this) {
                case NATIVE -> {
                    assertThat(answer.at("/error/code").asText()).matches("[a-z0-9_]+");
                    yield answer.at("/error/message").asText();
                }
                case TEI -> {
                    assertThat(answer.at("/error_type").asText()).isIn("Validation", "Empty");
                    yield answer.at("/error").asText();
                }
                case OPEN_AI -> {
                    assertThat(answer.at("/error/type").asText()).isEqualTo("invalid_request_error");
                    assertThat(answer.at("/error").has("param")).isTrue();
                    yield answer.at("/error/message").asText();
                }
            };
        }
    }

    /**
     * One mistake.
     *
     * @param body one character a byte, with {@code FIELD} for the name of the inputs
     * @param status 0 for the dialect's status of a value that does not fit
     * @param message part of the message, with {@code FIELD} likewise
     */
    record Mistake(String name, String body, int status, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Case(Dialect dialect, Mistake mistake) {
        @Override
        public String toString() {
            return dialect + " " + mistake;
        }
    }

    @BeforeAll
    static void start() {
        worker = new TestWorker("");
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @AfterEach
    void everyBodyIsForgotten_andTheNextRequestIsServed() {
        worker.encoder.answer();
        assertThat(worker.post("/embed", "{\"texts\":[\"a\"]}").statusCode()).isEqualTo(200);
        worker.awaitIdle();
    }

    static List<Case> cases() {
        String tenMegabytes = "a".repeat(10 * 1024 * 1024);
        List<Mistake> mistakes = List.of(
                new Mistake("empty list", "{\"FIELD\":[]}", 400, "`FIELD` cannot be empty"),
                new Mistake("null", "{\"FIELD\":null}", 0, "`FIELD` must be a"),
                new Mistake("null in the list", "{\"FIELD\":[\"a\",null]}", 0, "`FIELD[1]` must be a string, was null"),
                new Mistake(
                        "number for a string",
                        "{\"FIELD\":[\"a\",\"b\",\"c\",5]}",
                        0,
                        "`FIELD[3]` must be a string, was the number 5"),
                new Mistake("object for a list", "{\"FIELD\":{\"a\":1}}", 0, "`FIELD` must be a"),
                new Mistake(
                        "10 MB of one token",
                        "{\"FIELD\":[\"" + tenMegabytes + "\"]}",
                        413,
                        "`FIELD[0]` has more characters, at most 200000 are taken"),
                new Mistake(
                        "invalid UTF-8", "{\"FIELD\":[\"ab\u00ffc\"]}", 400, "not valid UTF-8: byte 0xff at position "),
                new Mistake(
                        "UTF-8 cut short",
                        "{\"FIELD\":[\"ab\u00c3c\"]}",
                        400,
                        "not valid UTF-8: byte 0xc3 at position "),
                new Mistake(
                        "raw surrogate",
                        "{\"FIELD\":[\"ab\u00ed\u00a0\u0080c\"]}",
                        400,
                        "not valid UTF-8: byte 0xed at position "),
                new Mistake(
                        "overlong form",
                        "{\"FIELD\":[\"ab\u00c0\u0080c\"]}",
                        400,
                        "not valid UTF-8: byte 0xc0 at position "),
                new Mistake(
                        "escaped lone surrogate",
                        "{\"FIELD\":[\"x\\ud83d!\"]}",
                        0,
                        "`FIELD[0]` has a lone surrogate \\ud83d at character 1"),
                new Mistake(
                        "surrogates in the wrong order",
                        "{\"FIELD\":[\"\\ude00\\ud83d\"]}",
                        0,
                        "lone surrogate \\ude00 at character 0"),
                new Mistake(
                        "100,000 texts",
                        "{\"FIELD\":[\"a\"" + ",\"a\"".repeat(99_999) + "]}",
                        413,
                        "`FIELD` has more than 2048 entries"),
                new Mistake(
                        "unknown model",
                        "{\"FIELD\":[\"a\"],\"model\":\"no-such\"}",
                        404,
                        "the model 'no-such' does not exist; here are fake-model"),
                new Mistake("model of another type", "{\"FIELD\":[\"a\"],\"model\":7}", 0, "`model` must be a string"),
                new Mistake("truncated JSON", "{\"FIELD\":[\"a\",\"b", 400, "the JSON ends too early"),
                new Mistake("truncated after a field", "{\"FIELD\":[\"a\"]", 400, "the JSON ends too early"),
                new Mistake("no JSON", "FIELD=\"FIELD\"", 400, "not valid JSON"),
                new Mistake("trailing garbage", "{\"FIELD\":[\"a\"]} x", 400, "not valid JSON"),
                new Mistake("a second object", "{\"FIELD\":[\"a\"]}{}", 400, "something follows the JSON object"),
                new Mistake(
                        "a field twice",
                        "{\"FIELD\":[\"a\"],\"FIELD\":[\"b\"]}",
                        400,
                        "a name stands twice in one object"),
                new Mistake(
                        "deep JSON",
                        "{\"FIELD\":[\"a\"],\"extra\":" + "[".repeat(100_000),
                        400,
                        "nests deeper than 32 levels"),
                new Mistake(
                        "deep JSON in the inputs",
                        "{\"FIELD\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                        0,
                        "`FIELD[0]"),
                new Mistake(
                        "huge number",
                        "{\"FIELD\":[\"a\"],\"model\":" + "9".repeat(100_000) + "}",
                        400,
                        "a number in the JSON is too long"),
                new Mistake(
                        "huge name",
                        "{\"FIELD\":[\"a\"],\"" + "n".repeat(100_000) + "\":1}",
                        400,
                        "a name in the JSON is too long"));
        List<Case> cases = new ArrayList<>();
        for (Dialect dialect : Dialect.values()) {
            mistakes.forEach(mistake -> cases.add(new Case(dialect, mistake)));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mistake_inEachDialect_isNamedInItsShape(Case each) {
        Dialect dialect = each.dialect();
        Mistake mistake = each.mistake();
        byte[] body = mistake.body().replace("FIELD", dialect.field).getBytes(StandardCharsets.ISO_8859_1);
        try (RawClient client = worker.raw()) {
            String answer = client.post(dialect.path, body).answer();
            assertThat(answer)
                    .startsWith("HTTP/1.1 " + (mistake.status() == 0 ? dialect.mismatch() : mistake.status()) + " ");
            assertThat(dialect.message(Json.of(answer.substring(answer.indexOf("\r\n\r\n") + 4))))
                    .contains(mistake.message().replace("FIELD", dialect.field));
            assertThat(client.post("/embed", "{\"texts\":[\"a\"]}".getBytes(StandardCharsets.UTF_8))
                            .answer())
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void wrongContentType_inEachDialect_is415WithAHint(Dialect dialect) {
        var response =
                worker.post(dialect.path, "{\"texts\":[\"a\"]}", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("-H 'Content-Type: application/json'");
        assertThat(worker.post(dialect.path, "{}", "Content-Type", "application/json; charset=utf-16")
                        .statusCode())
                .isEqualTo(415);
        assertThat(worker.post(dialect.path, "{}", "Content-Type", "application/json", "Content-Encoding", "br")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void nativeUnknownField_isNamed() {
        var response = worker.post("/embed", "{\"text\":\"a\",\"texts\":[\"a\"]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.of(response).at("/error/code").asText()).isEqualTo("unknown_field");
        assertThat(Json.of(response).at("/error/field").asText()).isEqualTo("text");
        assertThat(Json.of(response).at("/error/message").asText()).contains("here are texts, model");
    }

    @Test
    void nativeBothDialects_isRefused() {
        assertThat(Json.of(worker.post("/embed", "{\"texts\":[\"a\"],\"inputs\":\"a\"}"))
                        .at("/error/message")
                        .asText())
                .contains("two dialects");
    }

    @Test
    void nativeWrongTypeBeforeTheInputs_isNamed() {
        var response = worker.post("/embed", "{\"normalize\":1,\"texts\":[\"a\"]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.of(response).at("/error/field").asText()).isEqualTo("normalize");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void badHeaders_inEachDialect_areNamed(Dialect dialect) {
        String body = "{\"" + dialect.field + "\":[\"a\"]}";
        for (String value : new String[] {"0", "-1", "1.5", "soon", "600001", "9".repeat(30), " "}) {
            var response = worker.post(dialect.path, body, "X-Request-Timeout-Ms", value);
            assertThat(response.statusCode()).as(value).isEqualTo(dialect.mismatch());
            assertThat(dialect.message(Json.of(response))).contains("from 1 to 600000");
        }
        var response = worker.post(dialect.path, body, "X-Priority", "urgent");
        assertThat(response.statusCode()).isEqualTo(dialect.mismatch());
        assertThat(dialect.message(Json.of(response))).contains("interactive or batch, was 'urgent'");
    }
}
