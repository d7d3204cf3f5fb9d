package phifleet.inference.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Tokenizer.PairLayout;
import phifleet.inference.testing.Workbench;

class PairTypesTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    /** As AutoTokenizer of both releases gives token_type_ids of a pair, or does not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|none|true",
                "none|{\"model_type\": \"bert\", \"transformers_version\": \"5.24.0\"}|true",
                "none|{\"model_type\": \"albert\", \"transformers_version\": \"5.24.0\"}|false",
                "none|{\"model_type\": \"albert\", \"transformers_version\": \"4.57.6\"}|true",
                "none|{\"model_type\": \"gpt2\"}|false",
                "none|{\"model_type\": \"gpt_neox\"}|false",
                "{}|none|true",
                "{\"tokenizer_class\": \"BertTokenizer\"}|{\"transformers_version\": \"5.24.0\"}|true",
                "{\"tokenizer_class\": \"ElectraTokenizerFast\"}|{\"transformers_version\": \"5.0.0\"}|true",
                "{\"tokenizer_class\": \"TokenizersBackend\"}|{\"transformers_version\": \"5.24.0\"}|false",
                "{\"tokenizer_class\": \"TokenizersBackend\"}|none|false",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}|{\"transformers_version\": \"5.24.0\"}|false",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}|{\"transformers_version\": \"4.57.6\"}|true",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}|none|true",
                "{\"tokenizer_class\": \"AlbertTokenizerFast\"}|{\"transformers_version\": \"4.41.0\"}|true",
                "{\"tokenizer_class\": \"AlbertTokenizer\"}|{\"transformers_version\": \"5.1.0\"}|false",
                "{\"tokenizer_class\": \"RobertaTokenizerFast\"}|none|false",
                "{\"tokenizer_class\": \"DistilBertTokenizer\"}|none|false",
                "{\"tokenizer_class\": \"BertTokenizer\", \"model_input_names\": [\"input_ids\", \"attention_mask\"]}|none|false",
                "{\"tokenizer_class\": \"TokenizersBackend\", \"model_input_names\": [\"input_ids\", \"token_type_ids\"]}|none|true"
            })
    void areTold_goesByClassInputsAndRelease(String tokenizer, String model, boolean told) throws Exception {
        if (tokenizer != null) {
            Files.writeString(folder.resolve("tokenizer_config.json"), tokenizer);
        }
        if (model != null) {
            Files.writeString(folder.resolve("config.json"), model);
        }
        assertThat(PairTypes.areTold(folder.resolve("tokenizer.json"))).isEqualTo(told);
    }

    @Test
    void pairLayout_ofATokeniserThatTellsNothing_hasOneKind() throws Exception {
        Tokenizer words = HuggingFaceTextTokenizer.load(json(), "small");
        PairLayout told = AdaptedTokenizer.of(words, Recipe.PLAIN, false, true).pairLayout();
        PairLayout silent =
                AdaptedTokenizer.of(words, Recipe.PLAIN, false, false).pairLayout();
        assertThat(told).isEqualTo(new PairLayout(told.before(), told.between(), told.after(), 1));
        assertThat(silent).isEqualTo(new PairLayout(told.before(), told.between(), told.after(), Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C0 A0 S0|C0 A0 S0 B1 S1|",
                "C0 A0 S0|C0 A0 S0 B0 S0|",
                "C0 A0 S0|C0 A0 S1 B1 S1|",
                "C0 A0 S0|C0 A0 S0 B1 S0|pair have the types [0, 0, 0, 1, 0]",
                "C0 A0 S0|C0 A0 S0 B0 S1|pair have the types [0, 0, 0, 0, 1]",
                "C0 A0 S0|C2 A0 S0 B1 S1|pair have the types [2, 0, 0, 1, 1]",
                "C0 A0 S0|C0 A1 S0 B1 S1|pair have the types [0, 1, 0, 1, 1]",
                "C0 A0 S0|C0 B0 S0 A1 S1|otherwise than one behind the other",
                "C1 A1 S1|C0 A0 S0 B1 S1|single text have the types [1, 1, 1]"
            })
    void mustBeUsual_ofTemplatesThatCannotBeTold_refuses(String single, String pair, String message) throws Exception {
        String ends =
                "{\"type\": \"TemplateProcessing\", \"single\": [" + pieces(single) + "], \"pair\": [" + pieces(pair)
                        + "], \"special_tokens\": {\"[CLS]\": {\"id\": \"[CLS]\", \"ids\": [1], \"tokens\": [\"[CLS]\"]}, "
                        + "\"[SEP]\": {\"id\": \"[SEP]\", \"ids\": [2], \"tokens\": [\"[SEP]\"]}}}";
        String whole = new String(json(), StandardCharsets.UTF_8)
                .replaceFirst("\\{\"type\": \"BertProcessing\".*?\\}", Matcher.quoteReplacement(ends));
        HuggingFaceTextTokenizer words = HuggingFaceTextTokenizer.load(whole.getBytes(StandardCharsets.UTF_8), "small");
        ThrowingCallable told = () -> words.mustBeUsual("small", true, true);
        if (message == null) {
            assertThatCode(told).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(told)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("small is not supported")
                    .hasMessageContaining(message);
        }
        // Types that nobody is told do not matter, nor pairs that nobody asks about.
        assertThatCode(() -> words.mustBeUsual("small", false, message != null && !message.contains("behind")))
                .doesNotThrowAnyException();
    }

    private static String pieces(String template) {
        return Stream.of(template.split(" ", -1))
                .map(piece -> switch (piece.charAt(0)) {
                    case 'C' -> piece("SpecialToken", "[CLS]", piece);
                    case 'S' -> piece("SpecialToken", "[SEP]", piece);
                    default -> piece("Sequence", piece.substring(0, 1), piece);
                })
                .collect(Collectors.joining(", "));
    }

    private static String piece(String kind, String id, String piece) {
        return "{\"" + kind + "\": {\"id\": \"" + id + "\", \"type_id\": " + piece.charAt(1) + "}}";
    }

    private static byte[] json() {
        return """
            {"version": "1.0", "truncation": null, "padding": null, "normalizer": null,
             "added_tokens": [
               {"id": 1, "content": "[CLS]", "special": true, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false},
               {"id": 2, "content": "[SEP]", "special": true, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false}],
             "pre_tokenizer": {"type": "WhitespaceSplit"},
             "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 1]}, "decoder": null,
             "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "[CLS]": 1, "[SEP]": 2, "a": 3, "b": 4}}}
            """.getBytes(StandardCharsets.UTF_8);
    }
}
