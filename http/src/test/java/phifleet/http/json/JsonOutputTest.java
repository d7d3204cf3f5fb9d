package phifleet.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
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

    @Test
    void number_wholeAmongOthers_readsBack() {
        JsonOutput out = new JsonOutput(0).beginList();
        for (int whole : new int[] {0, 9, 10, 30_521, 250_001, Integer.MAX_VALUE}) {
            out.beginObject().member("index").number(whole);
            out.member("value").number(1.5f).endObject();
        }
        assertThat(text(out.endList()))
                .isEqualTo("[{\"index\":0,\"value\":1.5},{\"index\":9,\"value\":1.5},{\"index\":10,\"value\":1.5},"
                        + "{\"index\":30521,\"value\":1.5},{\"index\":250001,\"value\":1.5},"
                        + "{\"index\":2147483647,\"value\":1.5}]");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, 1_000_000_007L, Long.MAX_VALUE, -1, -10, Long.MIN_VALUE})
    void number_whole_isItsDecimal(long value) {
        assertThat(text(new JsonOutput(0).number(value))).isEqualTo(Long.toString(value));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.000", "999, 0.000", "1000, 0.001", "1234567, 1.234", "61002003004, 61002.003"})
    void millis_ofNanos_hasThreeDecimals(long nanos, String expected) {
        assertThat(text(new JsonOutput(0).millis(nanos))).isEqualTo(expected);
    }

    @Test
    void take_leavesAnEmptyOutput() {
        JsonOutput out = new JsonOutput(0).string("one");
        assertThat(out.take().toString(StandardCharsets.UTF_8)).isEqualTo("\"one\"");
        assertThat(out.size()).isZero();
    }

    @Test
    void commas_comeOfThemselves_onEachLevel() {
        JsonOutput out = new JsonOutput(0).beginObject();
        out.member("a")
                .number(1)
                .member("b")
                .beginList()
                .beginObject()
                .endObject()
                .beginList();
        out.endList()
                .string("x")
                .flag(true)
                .none()
                .number(0.5f)
                .numbers(new float[] {1})
                .endList();
        out.member("c")
                .texts(new TreeMap<>(Map.of("k\"", "v", "l", "w")))
                .anyMember("é")
                .optional((String) null);
        assertThat(text(out.endObject()))
                .isEqualTo(
                        "{\"a\":1,\"b\":[{},[],\"x\",true,null,0.5,[1.0]],\"c\":{\"k\\\"\":\"v\",\"l\":\"w\"},\"é\":null}");
    }

    @Test
    void commas_outliveTheirPart() {
        JsonOutput out = new JsonOutput(0).beginList().number(1);
        String first = out.take().toString(StandardCharsets.UTF_8);
        assertThat(first + text(out.number(2).endList())).isEqualTo("[1,2]");
    }

    @Test
    void lines_haveNoCommas() {
        JsonOutput out = new JsonOutput(0).beginObject().endObject().endLine().beginObject();
        assertThat(text(out.endObject().endLine())).isEqualTo("{}\n{}\n");
    }
}
