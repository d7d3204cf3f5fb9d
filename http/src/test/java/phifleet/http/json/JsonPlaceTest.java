package phifleet.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPlaceTest {
    private static final JsonLimits LIMITS = new JsonLimits(10, 1000, 4);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":1,}|line 1, column 8 (byte 7)",
                "{\"é\":1,¤ \"😀\": tru}|line 2, column 10 (byte 18)",
                "{\"a\":|line 1, column 6 (byte 5)",
                "{\"a\":1,¤\"a\":2}|line 2, column 4 (byte 11)"
            })
    void read_broken_saysWhere(String text, String place) {
        byte[] body = text.replace('¤', '\n').getBytes(StandardCharsets.UTF_8);
        BadBody bad = catchThrowableOfType(BadBody.class, () -> readAll(body));
        assertThat(bad.problem().message()).contains(place);
    }

    private static void readAll(byte[] body) throws BadBody {
        try (JsonInput json = LIMITS.open(body)) {
            json.openObject();
            while (json.nextField() != null) {
                json.skip();
            }
            json.end();
        }
    }
}
