package phifleet.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.http.Json;

class JsonOutputTest {
    private static String text(JsonOutput out) {
        return out.takeLast().toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"\\/",
                "\u0000\u0001\u001f\u007f\n\r\t\b\f",
                "é ß Ж 中 😀",
                "\uffff\u0800\u07ff\u0080"
            })
    void string_anyText_readsBack(String value) {
        String written = text(new JsonOutput(0).string(value));
        assertThat(Json.of(written).textValue()).isEqualTo(value);
    }

    @Test
    void string_loneSurrogates_becomeQuestionMarks() {
        assertThat(text(new JsonOutput(0).string("a\ud800b\udc00"))).isEqualTo("\"a?b?\"");
    }

    @Test
    void string_longerThanTheArray_growsIt() {
        String value = "ab\"é".repeat(10_000);
        assertThat(Json.of(text(new JsonOutput(0).string(value))).textValue()).isEqualTo(value);
    }

    @Test
    void numbers_anyCount_readBack() {
        assertThat(text(new JsonOutput(0).numbers(new float[0]))).isEqualTo("[]");
        assertThat(text(new JsonOutput(0).numbers(new float[] {1.5f, -2e-9f}))).isEqualTo("[1.5,-2.0E-9]");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.000", "999, 0.000", "1000, 0.001", "1234567, 1.234", "61002003004, 61002.003"})
    void millis_ofNanos_hasThreeDecimals(long nanos, String expected) {
        assertThat(text(new JsonOutput(0).millis(nanos))).isEqualTo(expected);
    }

    @Test
    void take_leavesAnEmptyOutput() {
        JsonOutput out = new JsonOutput(0).raw("one");
        assertThat(out.take().toString(StandardCharsets.UTF_8)).isEqualTo("one");
        assertThat(text(out.raw("two"))).isEqualTo("two");
    }
}
