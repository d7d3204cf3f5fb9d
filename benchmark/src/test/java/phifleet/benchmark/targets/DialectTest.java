package phifleet.benchmark.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TEXTS    | {\"texts\":[\"a\"]}",
                "TEI      | {\"inputs\":[\"a\"],\"truncate\":true}",
                "OPENAI   | {\"input\":[\"a\"],\"model\":\"m\",\"encoding_format\":\"float\"}",
                "INFINITY | {\"input\":[\"a\"],\"model\":\"m\",\"encoding_format\":\"float\"}",
                "OLLAMA   | {\"input\":[\"a\"],\"model\":\"m\"}",
                "TRITON   | {\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"a\"]}]}"
            })
    void body_eachDialect_itsOwnShape(Dialect dialect, String body) {
        assertThat(dialect.body("m", List.of("a"))).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TEXTS  | {\"embeddings\":[[1,0.5],[-2e-1,3]],\"dimension\":2}",
                "TEI    | [[1,0.5],[-0.2,3]]",
                "OPENAI | {\"data\":[{\"index\":0,\"embedding\":[1,0.5]},{\"index\":1,\"embedding\":[-0.2,3]}],\"usage\":{}}",
                "OLLAMA | {\"model\":\"m\",\"embeddings\":[[1,0.5],[-0.2,3]]}",
                "TRITON | {\"outputs\":[{\"name\":\"embedding\",\"shape\":[2,2],\"data\":[1,0.5,-0.2,3]}]}"
            })
    void vectors_eachDialect_inOrder(Dialect dialect, String answer) throws Exception {
        assertThat(dialect.vectors(bytes(answer), 2)).containsExactly(new float[] {1, 0.5f}, new float[] {-0.2f, 3});
    }

    @Test
    void vectors_longerThanUsual_whole() throws Exception {
        String numbers = "1" + ",1".repeat(999);

        assertThat(Dialect.TEI.vectors(bytes("[[" + numbers + "]]"), 1).getFirst())
                .hasSize(1000);
    }

    @Test
    void vectors_notJson_fails() {
        assertThatThrownBy(() -> Dialect.TEI.vectors(bytes("[[1,"), 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Dialect.TRITON.vectors(bytes("{\"data\":[1,2,3]}"), 2))
                .hasMessageContaining("3 numbers are not 2 vectors");
    }

    @Test
    void path_triton_namesTheModel() {
        assertThat(Dialect.TRITON.path("m")).isEqualTo("/v2/models/m/infer");
    }
}
