package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
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
        assertThat(ModelName.inBody(
                        Buffer.buffer("{\"input\":[\"\\\"model\\\"\",{\"model\":\"no\"}],\"model\":\"mini\"}")))
                .isEqualTo("mini");
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
        assertThat(ModelName.inBody(Buffer.buffer(body))).isNull();
    }

    @Test
    void inBody_behindTheScannedPart_isNotLookedFor() {
        assertThat(ModelName.inBody(Buffer.buffer("{\"a\":\"" + "x".repeat(300_000) + "\",\"model\":\"mini\"}")))
                .isNull();
    }

    @Test
    void inBody_deepNesting_isBounded() {
        assertThat(ModelName.inBody(Buffer.buffer("{\"a\":" + "[".repeat(100_000) + ",\"model\":\"mini\"}")))
                .isNull();
    }
}
