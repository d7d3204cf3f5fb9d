package phifleet.gateway.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
    private static @Nullable String inBody(String body) {
        return ModelName.inBody(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void inPath_ofEachRoute() {
        assertThat(ModelName.inPath("/predict/yolo")).isEqualTo("yolo");
        assertThat(ModelName.inPath("/v2/models/mini/infer")).isEqualTo("mini");
        assertThat(ModelName.inPath("/v2/models/mini/versions/1/infer")).isEqualTo("mini");
        assertThat(ModelName.inPath("/v2/repository/models/mini/load")).isEqualTo("mini");
        assertThat(ModelName.inPath("/predict/a%20b+c")).isEqualTo("a b+c");
        assertThat(ModelName.inPath("/predict/")).isNull();
        assertThat(ModelName.inPath("/predict/%zz")).isNull();
        assertThat(ModelName.inPath("/embed")).isNull();
    }

    @Test
    void inBody_findsTheTopLevelField() {
        assertThat(inBody("{\"input\":[\"\\\"model\\\"\",{\"model\":\"no\"}],\"model\":\"mini\"}"))
                .isEqualTo("mini");
    }

    @Test
    void placeIn_isWhereTheTextStands_inBytes() {
        byte[] body = "{\"äö😀\\u00e4\":\"x\", \"model\" :  \"mi\\u006ei\" }".getBytes(StandardCharsets.UTF_8);
        ModelName.Place place = Objects.requireNonNull(ModelName.placeIn(body));
        assertThat(place.name()).isEqualTo("mini");
        assertThat(new String(body, place.from(), place.to() - place.from(), StandardCharsets.UTF_8))
                .isEqualTo("\"mi\\u006ei\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[\"model\",\"mini\"]",
                "{\"model\":5}",
                "{\"model\":",
                "{\"a\":{\"model\":\"nested\"}}",
                "{\"text\":\"model\"}",
                "not json \"model\"",
            })
    void inBody_withoutOne_isNull(String body) {
        assertThat(inBody(body)).isNull();
    }

    @Test
    void inBody_behindTheScannedPart_isNotLookedFor() {
        assertThat(inBody("{\"a\":\"" + "x".repeat(300_000) + "\",\"model\":\"mini\"}"))
                .isNull();
    }

    @Test
    void inBody_deepNesting_isBounded() {
        assertThat(inBody("{\"a\":" + "[".repeat(100_000) + ",\"model\":\"mini\"}"))
                .isNull();
    }
}
