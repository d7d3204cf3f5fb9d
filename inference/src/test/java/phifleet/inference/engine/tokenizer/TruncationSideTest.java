package phifleet.inference.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.testing.Workbench;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.TextEncoding;

class TruncationSideTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    /** As transformers' tokenisers are made of the two files. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|null|false",
                "none|{\"direction\": \"Left\", \"max_length\": 8, \"strategy\": \"LongestFirst\", \"stride\": 0}|true",
                "{}|{\"direction\": \"Left\", \"max_length\": 8, \"strategy\": \"LongestFirst\", \"stride\": 0}|true",
                "{\"truncation_side\": \"left\"}|null|true",
                "{\"truncation_side\": \"right\"}|{\"direction\": \"Left\", \"max_length\": 8, \"strategy\": \"LongestFirst\", \"stride\": 0}|false"
            })
    void isLeft_goesByBothFiles(String config, String truncation, boolean left) throws Exception {
        if (config != null) {
            Files.writeString(folder.resolve("tokenizer_config.json"), config);
        }
        assertThat(TruncationSide.isLeft(folder.resolve("tokenizer.json"), json(truncation)))
                .isEqualTo(left);
    }

    @Test
    void cut_whereNobodyAsksOtherwise_isByTheTokeniser() throws Exception {
        Tokenizer words = HuggingFaceTextTokenizer.load(json("null"), "small");
        for (boolean left : new boolean[] {false, true}) {
            TextEncoding encoding = new TextEncoding(AdaptedTokenizer.of(words, Recipe.PLAIN, left, true), true);
            assertThat(cut(encoding, EncodeOptions.Direction.USUAL)).isEqualTo(left ? 3 : 1);
            assertThat(cut(encoding, EncodeOptions.Direction.RIGHT)).isEqualTo(1);
            assertThat(cut(encoding, EncodeOptions.Direction.LEFT)).isEqualTo(3);
        }
    }

    private static int cut(TextEncoding encoding, EncodeOptions.Direction direction) {
        return encoding.cut(encoding.encode("", true, "one two three", 0), 1, direction)
                .id(0);
    }

    private static byte[] json(String truncation) {
        return """
            {"version": "1.0", "truncation": %s, "padding": null, "normalizer": null, "added_tokens": [],
             "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "one": 1, "two": 2, "three": 3}}}
            """.formatted(truncation).getBytes(StandardCharsets.UTF_8);
    }
}
