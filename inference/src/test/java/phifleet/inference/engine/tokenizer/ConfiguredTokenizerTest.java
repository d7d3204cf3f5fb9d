package phifleet.inference.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static phifleet.inference.engine.tokenizer.SmallTokenizers.BARE;
import static phifleet.inference.engine.tokenizer.SmallTokenizers.MASKED;
import static phifleet.inference.engine.tokenizer.SmallTokenizers.NEW;
import static phifleet.inference.engine.tokenizer.SmallTokenizers.OLD;
import static phifleet.inference.engine.tokenizer.SmallTokenizers.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.testing.Workbench;

/** Against what AutoTokenizer of transformers 4.57.6 and 5.24 makes of such files. */
class ConfiguredTokenizerTest {
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
                "none|false|5 6 7|5 6 7",
                "{\"tokenizer_class\": \"BertTokenizer\"}|false|3 6 7|3 6 7",
                "{\"tokenizer_class\": \"BertTokenizer\"}|true|3 6 7|3 6 7",
                "{\"tokenizer_class\": \"BertTokenizer\", \"do_lower_case\": false}|true|5 6 7|5 6 7",
                "{\"tokenizer_class\": \"MPNetTokenizerFast\", \"strip_accents\": false}|true|4 6 7|4 6 7",
                "{\"tokenizer_class\": \"ElectraTokenizer\", \"strip_accents\": false, \"do_lower_case\": true}|false|4 6 7|4 6 7",
                "{\"tokenizer_class\": \"DistilBertTokenizer\", \"tokenize_chinese_chars\": false}|true|3 8|3 8",
                "{\"tokenizer_class\": \"MPNetTokenizer\", \"tokenize_chinese_chars\": false}|true|3 6 7|3 8",
                "{\"tokenizer_class\": \"ConvBertTokenizer\", \"do_lower_case\": false}|true|5 6 7|3 6 7",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"do_lower_case\": true}|false|5 6 7|5 6 7"
            })
    void letters_ofBertsKin_areAsTheConfigurationHasThem(String settings, boolean lower, String old, String since5)
            throws Exception {
        String normalizer = "{\"type\": \"BertNormalizer\", \"clean_text\": true, \"handle_chinese_chars\": true, "
                + "\"strip_accents\": null, \"lowercase\": " + lower + "}";
        String file = file(
                normalizer,
                "{\"type\": \"BertPreTokenizer\"}",
                "null",
                "{\"type\": \"WordLevel\", \"unk_token\": \"?\", \"vocab\": {\"?\": 0, \"[CLS]\": 1, \"[SEP]\": 9, \"<s>\": 10, \"</s>\": 11, \"h\": 2, \"he\": 3, \"hé\": 4,"
                        + " \"Hé\": 5, \"你\": 6, \"a\": 7, \"你a\": 8}}");
        assertThat(ids(file, settings, OLD, "Hé 你a", false)).isEqualTo(old);
        assertThat(ids(file, settings, NEW, "Hé 你a", false)).isEqualTo(since5);
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
                "{\"type\": \"BPE\", \"unk_token\": \"?\", \"vocab\": {\"?\": 0, \"Ġ\": 1, \"a\": 2, \"Ġa\": 3, \"<s>\": 4, \"</s>\": 5}, "
                        + "\"merges\": [\"Ġ a\"]}");
        assertThat(ids(file, settings, OLD, "a", false)).isEqualTo(old);
        assertThat(ids(file, settings, NEW, "a", false)).isEqualTo(since5);
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
                "{\"tokenizer_class\": \"GemmaTokenizer\", \"bos_token\": {\"content\": \"</s>\"}, \"unk_token\": \"?\"}|2 3|1 3",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"add_eos_token\": true}|1 3|1 3"
            })
    void ends_ofLlamasKin_areAsTheConfigurationHasThem(String settings, String old, String since5) throws Exception {
        String file = llama();
        assertThat(ids(file, settings, OLD, "a")).isEqualTo(old);
        assertThat(ids(file, settings, NEW, "a")).isEqualTo(since5);
    }

    /** As in GTE-Qwen2's folders, whose code alone puts the end behind a text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"add_eos_token\": true|3 2",
                "\"add_eos_token\": true, \"add_bos_token\": true, \"bos_token\": \"<s>\"|1 3 2",
                "\"add_eos_token\": false|3"
            })
    void ends_ofGteQwensOwnCode_areAsTheConfigurationHasThem(String flags, String expected) throws Exception {
        String settings = "{\"tokenizer_class\": \"Qwen2Tokenizer\", \"eos_token\": \"</s>\", " + flags
                + ", \"auto_map\": {\"AutoTokenizer\": [\"tokenization_qwen.Qwen2Tokenizer\", "
                + "\"Alibaba-NLP/gte-Qwen2-1.5B-instruct--tokenization_qwen.Qwen2TokenizerFast\"]}}";
        assertThat(ids(llama(), settings, OLD, "a")).isEqualTo(expected);
        assertThatThrownBy(() -> ids(llama(), settings, NEW, "a"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("leaves its tokens out since release 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"tokenization_zebra.ZebraTokenizer\", null]|tokenization_zebra.ZebraTokenizer",
                "[null, \"tokenization_zebra.ZebraTokenizerFast\"]|tokenization_zebra.ZebraTokenizerFast",
                "\"tokenization_qwen.Qwen2Tokenizer\"|tokenization_qwen.Qwen2Tokenizer"
            })
    void tokenizer_ofOtherCode_isRefusedByItsName(String classes, String message) {
        String code = "{\"auto_map\": {\"AutoTokenizer\": " + classes + "}}";
        assertThatThrownBy(() -> ids(llama(), code, OLD, "a"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("auto_map makes the tokeniser by " + message);
        assertThatThrownBy(() -> ids(llama(), "{}", code, "a"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    /** A file of merges is the class's own since release 5, bytes in place of what it lacks and all. */
    @Test
    void merges_ofAFileOfAnotherClass_areTheClassesSince5() throws Exception {
        String file = llama().replace(
                        "\"merges\": [\"▁ a\"]",
                        "\"byte_fallback\": true, \"fuse_unk\": true, \"ignore_merges\": true, \"merges\": []")
                .replace("\"▁\": 4", "\"<0xC4>\": 4, \"<0xA0>\": 5");
        String gpt = "{\"tokenizer_class\": \"GPT2Tokenizer\", \"add_prefix_space\": true, \"unk_token\": \"?\"}";
        assertThat(ids(file, gpt, NEW, "a", false)).isEqualTo("3");
        assertThatThrownBy(() -> ids(BARE, gpt, NEW, "a"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is a WordLevel, of which GPT2Tokenizer of transformers 5.24.0 would make a BPE");
    }

    /** Since release 5 such a file is read by a class without tokens of its own. */
    @Test
    void llamasClass_overBytes_hasNoTokensOfItsOwnSince5() throws Exception {
        String llama = "{\"tokenizer_class\": \"LlamaTokenizer\"}";
        assertThat(ids(MASKED, llama, NEW, "a<s>", false)).isEqualTo("4");
        assertThat(ids(MASKED, llama, OLD, "a<s>", false)).isEqualTo("4 1");
    }

    /** Since release 5 classes keep the vocabulary alone; up to 4 all of these read the file as it is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tokenizer_class\": \"XLMRobertaTokenizer\"}|8 10 8|4 19 19 6 4 12",
                "{\"tokenizer_class\": \"XLMRobertaTokenizer\", \"add_prefix_space\": false}|5 7 5|19 19 6 12",
                "{\"tokenizer_class\": \"CamembertTokenizer\"}|8 10 8|4 19 19 6 4 12",
                "{\"tokenizer_class\": \"T5Tokenizer\"}|8 10 8|4 19 19 6 4 12",
                "{\"tokenizer_class\": \"DebertaV2Tokenizer\"}|8 10 8|4 19 19 6 4 12",
                "{\"tokenizer_class\": \"DebertaV2Tokenizer\", \"do_lower_case\": true}|8 10 8|4 19 19 5 4 12",
                "{\"tokenizer_class\": \"AlbertTokenizer\"}|8 10 8|4 18 5 4 13",
                "{\"tokenizer_class\": \"AlbertTokenizer\", \"do_lower_case\": false, \"keep_accents\": true}|8 10 8|4 18 6 4 12",
                "{\"tokenizer_class\": \"RemBertTokenizer\"}|8 11 7 8|4 18 6 4 12",
                "{\"tokenizer_class\": \"BigBirdTokenizer\"}|8 11 7 8|4 19 19 6 4 12",
                "{\"tokenizer_class\": \"PreTrainedTokenizer\"}|8 11 7 8|4 19 19 6 4 12"
            })
    void whatPreparesAndCuts_ofAFileOfAnotherRelease_isTheClassesSince5(String settings, String spaces, String quotes)
            throws Exception {
        String file = file(
                "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \" {2,}\"}, \"content\": \" \"}",
                "{\"type\": \"Metaspace\", \"replacement\": \"▁\", \"prepend_scheme\": \"always\", \"split\": true}",
                "null",
                """
                {"type": "Unigram", "unk_id": 3, "byte_fallback": false, "vocab": [["<s>", 0.0], ["<pad>", 0.0], ["</s>", 0.0], ["<unk>", 0.0], ["▁", -2.0], ["a", -3.0],
                 ["A", -3.0], ["b", -3.0], ["▁a", -2.5], ["▁A", -2.5], ["▁b", -2.5], ["\\t", -4.0], ["é", -4.0], ["e", -4.0],
                 ["[CLS]", 0.0], ["[SEP]", 0.0], ["[UNK]", 0.0], ["[MASK]", 0.0], ["\\"", -4.0], ["`", -4.0]]}""");
        assertThat(ids(file, settings, NEW, "a\tb  a", false)).isEqualTo(spaces);
        assertThat(ids(file, settings, NEW, "``A é", false)).isEqualTo(quotes);
        assertThat(ids(file, settings, OLD, "a\tb  a", false)).isEqualTo("8 11 7 8");
        assertThat(ids(file, settings, OLD, "``A é", false)).isEqualTo("4 19 19 6 4 12");
    }

    @Test
    void specialTokens_thatAreNotFoundInTexts_areRefused() {
        assertThatThrownBy(() -> ids(
                        llama(), "{\"tokenizer_class\": \"LlamaTokenizer\", \"split_special_tokens\": true}", OLD, "a"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("split_special_tokens is true; only false is supported");
    }

    @Test
    void read_filesThatAgree_isTheFileItself() throws Exception {
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"tokenizer_class\": \"LlamaTokenizer\", \"bos_token\": \"<s>\", \"unk_token\": null}");
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

    /** Of a tokenizer.json without a post_processor. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{\"tokenizer_class\": \"BertTokenizer\"}|3|1 3 2",
                "{\"tokenizer_class\": \"DebertaV2TokenizerFast\", \"cls_token\": \"<s>\"}|3|4 3 2",
                "{\"tokenizer_class\": \"RobertaTokenizer\"}|3|4 3 5",
                "{\"tokenizer_class\": \"MPNetTokenizer\", \"sep_token\": {\"content\": \"[SEP]\"}}|3|4 3 2",
                "{\"tokenizer_class\": \"XLMRobertaTokenizer\", \"cls_token\": \"[CLS]\"}|3|4 3 5",
                "{\"tokenizer_class\": \"T5Tokenizer\"}|3|3 5",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"add_bos_token\": true, \"bos_token\": \"<s>\"}|3|3",
                "{\"tokenizer_class\": \"GPT2Tokenizer\", \"add_bos_token\": true, \"bos_token\": \"<s>\"}|3|3",
                "{\"tokenizer_class\": \"GPTNeoXTokenizer\", \"add_bos_token\": true, \"bos_token\": \"<s>\"}|4 3|3",
                "{\"tokenizer_class\": \"CohereTokenizer\", \"bos_token\": \"<s>\"}|4 3|3"
            })
    void ends_whereTheFileHasNone_areTheClassesSince5(String settings, String old, String since5) throws Exception {
        // Since release 5 some of them mark the beginnings of words.
        String words = BARE.replace("\"a\": 3", "\"a\": 3, \"▁a\": 3");
        String marked = settings.matches(".*(Roberta|GPT2|GPTNeoX|Cohere)Tokenizer.*") && !settings.contains("XLM")
                ? merged(words)
                : words;
        assertThat(ids(marked, settings, OLD, "a")).isEqualTo(old);
        assertThat(ids(marked, settings, NEW, "a")).isEqualTo(since5);
    }

    @Test
    void ends_ofAReleaseOfTwoDigits_areTheClassesSince5() throws Exception {
        String bert = "{\"tokenizer_class\": \"BertTokenizer\"}";
        assertThat(ids(BARE, bert, "{\"transformers_version\": \"10.0.0\"}", "a"))
                .isEqualTo("1 3 2");
    }

    @Test
    void ends_ofAFamilyWhoseClassHasNoWaysOfItsOwn_areTheFiles() throws Exception {
        String bert = "{\"tokenizer_class\": \"BertTokenizer\"}";
        String modern = "{\"transformers_version\": \"5.24.0\", \"model_type\": \"modernbert\"}";
        assertThat(ids(BARE, bert, modern, "a")).isEqualTo("3");
    }

    @Test
    void ends_ofPairs_areTheClasses() throws Exception {
        Files.writeString(folder.resolve("config.json"), NEW);
        for (String name : List.of("Bert", "Roberta")) {
            Files.writeString(
                    folder.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"" + name + "Tokenizer\"}");
            byte[] json = ConfiguredTokenizer.read(
                    folder.resolve("tokenizer.json"),
                    (name.equals("Bert") ? BARE : merged(BARE.replace("\"a\": 3", "\"a\": 3, \"b\": 6")))
                            .getBytes(StandardCharsets.UTF_8));
            Tokenizer.PairLayout layout =
                    HuggingFaceTextTokenizer.load(json, "small").pairLayout();
            assertThat(layout)
                    .isEqualTo(
                            name.equals("Bert")
                                    ? new Tokenizer.PairLayout(List.of(1), List.of(2), List.of(2), 1)
                                    : new Tokenizer.PairLayout(
                                            List.of(4), List.of(5, 5), List.of(5), Integer.MAX_VALUE));
        }
    }

    @Test
    void ends_whereReleasesDifferAndNoneIsNamed_areRefused() throws Exception {
        assertThatThrownBy(() -> ids(BARE, "{\"tokenizer_class\": \"BertTokenizer\"}", "{}", "a"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has no post_processor")
                .hasMessageContaining("BertTokenizer puts [CLS] and [SEP] around a text")
                .hasMessageContaining("transformers_version");
        assertThat(ids(BARE, "{\"tokenizer_class\": \"Qwen2Tokenizer\"}", "{}", "a"))
                .isEqualTo("3");
    }

    /** Other vectors than the library's, or other ones each time. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tokenizer_class\": \"BertTokenizer\", \"cls_token\": null}|since|there is no token which BertTokenizer puts around texts",
                "{\"tokenizer_class\": \"RobertaTokenizer\", \"sep_token\": \"\"}|since|there is no token which RobertaTokenizer puts around texts",
                "{\"tokenizer_class\": \"LlamaTokenizer\", \"bos_token\": null}|old|puts bos_token around texts, for which tokenizer_config.json names no token",
                "{\"tokenizer_class\": \"MBartTokenizer\"}|old|MBartTokenizer writes texts otherwise",
                "{\"tokenizer_class\": \"FunnelTokenizer\"}|since|FunnelTokenizer writes texts otherwise than this file has it since release 5",
                "{\"tokenizer_class\": \"BertTokenizer\", \"fix_mistral_regex\": true}|old|fix_mistral_regex is true",
                "{\"tokenizer_class\": \"BertTokenizer\", \"fast_tokenizer_files\": [\"tokenizer.4.0.0.json\"]}|old|fast_tokenizer_files has \"tokenizer.4.0.0.json\""
            })
    void whatTheLibraryWritesInOtherWays_isRefusedByName(String settings, String release, String message) {
        assertThatThrownBy(() -> ids(BARE, settings, release.equals("old") ? OLD : NEW, "a"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void vocabulary_ofAnotherKindThanTheClassesSince5_isRefused() throws Exception {
        String pieces = BARE.replace(
                "\"WordLevel\"",
                "\"WordPiece\", \"continuing_subword_prefix\": \"##\", \"max_input_chars_per_word\": 100");
        String roberta = "{\"tokenizer_class\": \"RobertaTokenizer\"}";
        assertThat(ids(pieces, roberta, OLD.replace("}", ", \"model_type\": \"x\"}"), "a", false))
                .isEqualTo("3");
        assertThatThrownBy(() -> ids(pieces, roberta, NEW, "a"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(
                        "is a WordPiece, of which RobertaTokenizer of transformers 5.24.0 would make a BPE");
    }

    @Test
    void mergesLeftOutByChance_areRefused() {
        String random = MASKED.replace("\"merges\": []", "\"merges\": [], \"dropout\": 0.1");
        assertThatThrownBy(() -> ids(random, "{}", OLD, "a"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("dropout is 0.1");
    }

    @Test
    void classOfAFamily_isItsTokenisersWhereNoFileIsBeside() throws Exception {
        String file = file(
                "{\"type\": \"BertNormalizer\", \"clean_text\": true, \"handle_chinese_chars\": true, \"strip_accents\": null, \"lowercase\": false}",
                "{\"type\": \"BertPreTokenizer\"}",
                "{\"type\": \"BertProcessing\", \"sep\": [\"[SEP]\", 2], \"cls\": [\"[CLS]\", 1]}",
                "{\"type\": \"WordLevel\", \"unk_token\": \"?\", \"vocab\": {\"?\": 0, \"[CLS]\": 1, \"[SEP]\": 2, \"a\": 3, \"A\": 4}}");
        assertThat(ids(file, null, OLD.replace("}", ", \"model_type\": \"bert\"}"), "A"))
                .isEqualTo("1 3 2");
        assertThat(ids(file, null, OLD, "A")).isEqualTo("1 4 2");
    }

    /** The same vocabulary as one of merged letters, of which there are none. */
    private static String merged(String words) {
        return words.replace("\"type\": \"WordLevel\"", "\"type\": \"BPE\", \"merges\": []");
    }

    private static String llama() {
        return file(
                "null",
                "{\"type\": \"WhitespaceSplit\"}",
                "{\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 0}}, "
                        + "{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}], \"pair\": [{\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 0}}, "
                        + "{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}, {\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 1}}, "
                        + "{\"Sequence\": {\"id\": \"B\", \"type_id\": 1}}], \"special_tokens\": {\"<s>\": "
                        + "{\"id\": \"<s>\", \"ids\": [1], \"tokens\": [\"<s>\"]}}}",
                "{\"type\": \"BPE\", \"unk_token\": \"?\", \"vocab\": {\"?\": 0, \"<s>\": 1, \"</s>\": 2, \"a\": 3, \"▁\": 4, \"▁a\": 3}, "
                        + "\"merges\": [\"▁ a\"]}",
                "{\"id\": 1, \"content\": \"<s>\", \"single_word\": false, \"lstrip\": false, \"rstrip\": false, \"normalized\": false, "
                        + "\"special\": true}, {\"id\": 2, \"content\": \"</s>\", \"single_word\": false, \"lstrip\": false, "
                        + "\"rstrip\": false, \"normalized\": false, \"special\": true}");
    }

    private String ids(String file, @Nullable String settings, String config, String text) throws Exception {
        return ids(file, settings, config, text, true);
    }

    private String ids(String file, @Nullable String settings, String config, String text, boolean ends)
            throws Exception {
        return SmallTokenizers.ids(folder, file, settings, config, text, ends);
    }
}
