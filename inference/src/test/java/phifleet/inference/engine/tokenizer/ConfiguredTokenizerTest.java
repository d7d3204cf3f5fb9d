package phifleet.inference.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.testing.Workbench;

/** Against what AutoTokenizer of transformers 4.57.6 and 5.24 makes of such files. */
class ConfiguredTokenizerTest {
    private static final String OLD = "{\"transformers_version\": \"4.57.6\"}";
    private static final String NEW = "{\"transformers_version\": \"5.24.0\"}";

    @TempDir
    private Path folder;

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    /** Of "Hé 你a": h=2, he=3, hé=4, Hé=5, 你=6, a=7, 你a=8. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|false|5 6 7",
                "{\"tokenizer_class\": \"BertTokenizer\"}|false|3 6 7",
                "{\"tokenizer_class\": \"BertTokenizer\"}|true|3 6 7",
                "{\"tokenizer_class\": \"BertTokenizer\", \"do_lower_case\": false}|true|5 6 7",
                "{\"tokenizer_class\": \"MPNetTokenizerFast\", \"strip_accents\": false}|true|4 6 7",
                "{\"tokenizer_class\": \"ElectraTokenizer\", \"strip_accents\": false, \"do_lower_case\": true}|false|4 6 7",
                "{\"tokenizer_class\": \"DistilBertTokenizer\", \"tokenize_chinese_chars\": false}|true|3 8",
                "{\"tokenizer_class\": \"MPNetTokenizer\", \"tokenize_chinese_chars\": false}|true|3 6 7",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"do_lower_case\": true}|false|5 6 7"
            })
    void letters_ofBertsKin_areAsTheConfigurationHasThem(String settings, boolean lower, String ids) throws Exception {
        String normalizer = "{\"type\": \"BertNormalizer\", \"clean_text\": true, \"handle_chinese_chars\": true, "
                + "\"strip_accents\": null, \"lowercase\": " + lower + "}";
        String file = file(
                normalizer,
                "{\"type\": \"BertPreTokenizer\"}",
                "null",
                "{\"type\": \"WordLevel\", \"unk_token\": \"?\", \"vocab\": {\"?\": 0, \"h\": 2, \"he\": 3, \"hé\": 4,"
                        + " \"Hé\": 5, \"你\": 6, \"a\": 7, \"你a\": 8}}");
        assertThat(ids(file, settings, OLD, "Hé 你a")).isEqualTo(ids);
        assertThat(ids(file, settings, NEW, "Hé 你a")).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|true|3|3",
                "{\"tokenizer_class\": \"RobertaTokenizer\"}|true|2|2",
                "{\"tokenizer_class\": \"RobertaTokenizer\", \"add_prefix_space\": true}|true|3|3",
                "{\"tokenizer_class\": \"RobertaTokenizer\", \"add_prefix_space\": true}|false|3|3",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}|true|2|3",
                "{\"tokenizer_class\": \"TokenizersBackend\"}|false|2|2"
            })
    void space_beforeAText_isAsTheConfigurationHasIt(String settings, boolean prefix, String old, String since5)
            throws Exception {
        String file = file(
                "null",
                "{\"type\": \"ByteLevel\", \"add_prefix_space\": " + prefix
                        + ", \"trim_offsets\": true, \"use_regex\": true}",
                "null",
                "{\"type\": \"WordLevel\", \"unk_token\": \"?\", \"vocab\": {\"?\": 0, \"a\": 2, \"Ġa\": 3}}");
        assertThat(ids(file, settings, OLD, "a")).isEqualTo(old);
        assertThat(ids(file, settings, NEW, "a")).isEqualTo(since5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|1 3|1 3",
                "{\"tokenizer_class\": \"LlamaTokenizer\"}|1 3|1 3",
                "{\"tokenizer_class\": \"LlamaTokenizerFast\", \"add_eos_token\": true}|1 3 2|1 3",
                "{\"tokenizer_class\": \"LlamaTokenizer\", \"add_bos_token\": false}|3|1 3",
                "{\"tokenizer_class\": \"LlamaTokenizer\", \"add_bos_token\": false, \"add_eos_token\": true}|3 2|1 3",
                "{\"tokenizer_class\": \"GemmaTokenizer\", \"bos_token\": {\"content\": \"</s>\"}}|2 3|1 3",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"add_eos_token\": true}|1 3|1 3"
            })
    void ends_ofLlamasKin_areAsTheConfigurationHasThem(String settings, String old, String since5) throws Exception {
        String file = llama();
        assertThat(ids(file, settings, OLD, "a")).isEqualTo(old);
        assertThat(ids(file, settings, NEW, "a")).isEqualTo(since5);
    }

    @Test
    void read_filesThatAgree_isTheFileItself() throws Exception {
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"tokenizer_class\": \"LlamaTokenizer\", \"bos_token\": \"<s>\"}");
        byte[] json = llama().getBytes(StandardCharsets.UTF_8);
        assertThat(ConfiguredTokenizer.read(folder.resolve("tokenizer.json"), json))
                .isSameAs(json);
    }

    @Test
    void ends_thatTheVocabularyDoesNotHave_areRefused() {
        assertThatThrownBy(() -> ids(llama(), "{\"tokenizer_class\": \"GemmaTokenizer\"}", OLD, "a"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("puts <bos> around texts, which has no id");
    }

    private static String llama() {
        return file(
                "null",
                "{\"type\": \"WhitespaceSplit\"}",
                "{\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 0}}, "
                        + "{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}], \"pair\": [{\"Sequence\": {\"id\": \"A\", "
                        + "\"type_id\": 0}}, {\"Sequence\": {\"id\": \"B\", \"type_id\": 1}}], \"special_tokens\": {\"<s>\": "
                        + "{\"id\": \"<s>\", \"ids\": [1], \"tokens\": [\"<s>\"]}}}",
                "{\"type\": \"WordLevel\", \"unk_token\": \"?\", \"vocab\": {\"?\": 0, \"<s>\": 1, \"</s>\": 2, \"a\": 3}}");
    }

    private static String file(String normalizer, String splitter, String ends, String model) {
        return "{\"version\": \"1.0\", \"truncation\": null, \"padding\": null, \"added_tokens\": [], \"normalizer\": "
                + normalizer + ", \"pre_tokenizer\": " + splitter + ", \"post_processor\": " + ends
                + ", \"decoder\": null, \"model\": " + model + "}";
    }

    private String ids(String file, String settings, String config, String text) throws Exception {
        if (settings != null) {
            Files.writeString(folder.resolve("tokenizer_config.json"), settings);
        }
        Files.writeString(folder.resolve("config.json"), config);
        byte[] json = ConfiguredTokenizer.read(folder.resolve("tokenizer.json"), file.getBytes(StandardCharsets.UTF_8));
        TokenSequence sequence = HuggingFaceTextTokenizer.load(json, "small").encode(text, true);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < sequence.length(); i++) {
            ids.add(Integer.toString(sequence.id(i)));
        }
        return String.join(" ", ids);
    }
}
