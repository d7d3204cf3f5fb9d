package phifleet.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where files may be longer than texts, each is held to its own bound, and named with it. */
class JsonInputTest {
    private static final JsonLimits LIMITS = new JsonLimits(10, 1_000, 100_000, 4);

    private static String mistake(int characters, JsonLimits.FieldReader reader) {
        byte[] body = ("{\"it\":\"" + "a".repeat(characters) + "\"}").getBytes(StandardCharsets.UTF_8);
        BadBody mistake = catchThrowableOfType(BadBody.class, () -> LIMITS.readObject(body, reader));
        assertThat(mistake.problem().status()).isEqualTo(413);
        return mistake.problem().message();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_001, 300_000})
    void text_longerThanTextsMayBe_isNamedWithTheirBound(int characters) {
        assertThat(mistake(characters, (field, json) -> json.text(field)))
                .isEqualTo("`it` has more characters, at most 1000 are taken");
    }

    @Test
    void file_longerThanFilesMayBe_isNamedWithTheirBound() throws Exception {
        LIMITS.readObject(
                ("{\"it\":\"" + "a".repeat(100_000) + "\"}").getBytes(StandardCharsets.UTF_8),
                (field, json) -> assertThat(json.file(field)).hasSize(100_000));
        assertThat(mistake(300_000, (field, json) -> json.file(field)))
                .isEqualTo("`it` has more characters, at most 100000 are taken");
    }
}
