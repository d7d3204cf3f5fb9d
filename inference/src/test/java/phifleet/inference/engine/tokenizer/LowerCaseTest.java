package phifleet.inference.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.testing.Workbench;

class LowerCaseTest {
    private static final String FILE = """
            {"version": "1.0", "truncation": null, "padding": null, "normalizer": %s,
             "added_tokens": [{"id": 3, "content": "[MASK]", "single_word": false, "lstrip": false, "rstrip": false,
                               "normalized": false, "special": true}],
             "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "hello": 1, "Hello": 2, "[MASK]": 3, "[mask]": 4}}}
            """;

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null|1",
                "{\"type\": \"NFC\"}|2",
                "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"NFC\"}, {\"type\": \"StripAccents\"}]}|3"
            })
    void first_otherNormalizers_comeBehindIt(String normalizer, int all) throws Exception {
        byte[] json = FILE.formatted(normalizer).getBytes(StandardCharsets.UTF_8);
        JsonNode list = new JsonMapper().readTree(LowerCase.first(json)).at("/normalizer/normalizers");
        assertThat(list).hasSize(all);
        assertThat(list.at("/0/type").asText()).isEqualTo("Lowercase");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"Lowercase\"}",
                "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"NFC\"}, {\"type\": \"Lowercase\"}]}"
            })
    void first_fileThatHasOne_staysAsItIs(String normalizer) throws Exception {
        byte[] json = FILE.formatted(normalizer).getBytes(StandardCharsets.UTF_8);
        assertThat(LowerCase.first(json)).isSameAs(json);
    }

    @Test
    void loadLowerCase_specialTokenInAText_isFoundBeforeTheTextIsMadeLowerCase() throws Exception {
        byte[] json = FILE.formatted("null").getBytes(StandardCharsets.UTF_8);
        assertThat(ids(HuggingFaceTextTokenizer.loadLowerCase(json, "small"))).isEqualTo("1 3 1");
        assertThat(ids(HuggingFaceTextTokenizer.load(json, "small"))).isEqualTo("2 3 1");
    }

    private static String ids(HuggingFaceTextTokenizer tokenizer) {
        return SmallTokenizers.ids(tokenizer, "Hello [MASK] hello", false);
    }
}
