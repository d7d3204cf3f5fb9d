package phifleet.inference.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.inference.engine.tokenizer.SmallTokenizers.BARE;
import static phifleet.inference.engine.tokenizer.SmallTokenizers.MASKED;
import static phifleet.inference.engine.tokenizer.SmallTokenizers.NEW;
import static phifleet.inference.engine.tokenizer.SmallTokenizers.OLD;
import static phifleet.inference.engine.tokenizer.SmallTokenizers.file;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.testing.Workbench;

/** Against what AutoTokenizer of transformers 4.57.6 and 5.24 finds in texts before it cuts them. */
class AddedTokensTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    /** The vocabulary ends with 5. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}|a[SEP]a|0",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"sep_token\": \"[SEP]\"}|a[SEP]a|3 2 3",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"sep_token\": \"[X]\"}|a[X]a[X]|3 6 3 6",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"additional_special_tokens\": [\"<x>\", \"<y>\"]}|a<y>a<x>|3 7 3 6",
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"added_tokens_decoder\": {\"9\": {\"content\": \"!\"}}}|a!a|3 6 3",
                "{\"tokenizer_class\": \"BertTokenizer\"}|a[SEP]a|3 2 3",
                "{\"tokenizer_class\": \"BertTokenizer\"}|a[MASK]a|3 8 3",
                "{\"tokenizer_class\": \"BertTokenizer\", \"sep_token\": null, \"cls_token\": null}|a[SEP]a|0"
            })
    void tokens_thatOtherFilesName_areFoundInATextBeforeItIsCut(String settings, String text, String ids)
            throws Exception {
        assertThat(SmallTokenizers.ids(folder, BARE, settings, OLD, text, false))
                .isEqualTo(ids);
    }

    /** Of "a <mask> a": what the file says of its mask, what other files do, and what a class makes of a mask that none of them names. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tokenizer_class\": \"RobertaTokenizer\"}|4 3 5 4|4 5 3 5 4",
                "{\"tokenizer_class\": \"RobertaTokenizer\", \"mask_token\": \"<mask>\"}|4 5 3 5 4|4 5 3 5 4",
                "{\"tokenizer_class\": \"RobertaTokenizer\", \"mask_token\": {\"__type\": \"AddedToken\", \"content\": \"<mask>\", \"rstrip\": true}}|4 5 3 5 4|4 5 3 5 4",
                "{\"tokenizer_class\": \"RobertaTokenizer\", \"mask_token\": \"<mask>\", \"added_tokens_decoder\": {\"3\": {\"content\": \"<mask>\", "
                        + "\"lstrip\": true, \"rstrip\": true, \"special\": true}}}|4 3 4|4 3 4"
            })
    void mask_thatFilesSayDifferentThingsOf_takesTheSpacesThatItsClassHasIt(String settings, String old, String since5)
            throws Exception {
        assertThat(SmallTokenizers.ids(folder, MASKED, settings, OLD, "a <mask> a", false))
                .isEqualTo(old);
        assertThat(SmallTokenizers.ids(folder, MASKED, settings, NEW, "a <mask> a", false))
                .isEqualTo(since5);
    }

    @Test
    void tokens_ofTheFileAlone_areNotFoundSince5WhereOthersAreListed() throws Exception {
        String settings =
                "{\"tokenizer_class\": \"RobertaTokenizer\", \"mask_token\": null, \"added_tokens_decoder\": {}}";
        String file = MASKED.replace("\"merges\": []", "\"merges\": [], \"ignore_merges\": false")
                .replace("\"content\": \"<mask>\"", "\"content\": \"aa\"")
                .replace("\"<mask>\": 3", "\"aa\": 3");
        assertThat(SmallTokenizers.ids(folder, file, settings, OLD, "aa", false))
                .isEqualTo("3");
        assertThat(SmallTokenizers.ids(folder, file, settings, NEW, "aa", false))
                .isEqualTo("4 4");
    }

    @Test
    void tokens_thatAFileOfAnOlderReleaseNames_areFound() throws Exception {
        Files.writeString(folder.resolve("added_tokens.json"), "{\"<new>\": 9}");
        assertThat(SmallTokenizers.ids(
                        folder, BARE, "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}", OLD, "a<new>a", true))
                .isEqualTo("3 6 3");
    }

    @Test
    void mask_ofGemma_isThereSince5() throws Exception {
        String gemma = file(
                "null",
                "null",
                "null",
                "{\"type\": \"BPE\", \"unk_token\": \"<unk>\", \"vocab\": {\"<unk>\": 0, \"<bos>\": 1, \"<eos>\": 2, \"<pad>\": 3, "
                        + "\"<mask>\": 4, \"a\": 5}, \"merges\": []}");
        String settings = "{\"tokenizer_class\": \"GemmaTokenizer\", \"add_bos_token\": false}";
        assertThat(SmallTokenizers.ids(folder, gemma, settings, NEW, "a<mask>a", false))
                .isEqualTo("5 4 5");
        assertThat(SmallTokenizers.ids(folder, gemma, settings, OLD, "a<mask>a", false))
                .isNotEqualTo("5 4 5");
    }

    /** Since release 5 Qwen2's class adds its own once more, by their names alone. */
    @Test
    void token_ofQwen_takesNoSpacesSince5() throws Exception {
        String settings = "{\"tokenizer_class\": \"Qwen2Tokenizer\", \"eos_token\": {\"__type\": \"AddedToken\", "
                + "\"content\": \"<unk>\", \"lstrip\": true, \"rstrip\": true}}";
        assertThat(SmallTokenizers.ids(folder, MASKED, settings, OLD, "a <unk> a", false))
                .isEqualTo("4 0 4");
        assertThat(SmallTokenizers.ids(folder, MASKED, settings, NEW, "a <unk> a", false))
                .isEqualTo("4 5 0 5 4");
    }

    /** Of a class and of a model type whose folder names none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tokenizer_class\": \"BloomTokenizerFast\"}|bert",
                "{}|bloom",
                "{\"tokenizer_class\": \"BarthezTokenizer\"}|bert",
                "{\"tokenizer_class\": \"HerbertTokenizerFast\"}|bert",
                "{\"tokenizer_class\": \"XLNetTokenizerFast\"}|bert"
            })
    void padding_ofClassesThatHaveIt_isFound(String settings, String type) throws Exception {
        String config = "{\"transformers_version\": \"4.57.6\", \"model_type\": \"" + type + "\"}";
        assertThat(SmallTokenizers.ids(folder, MASKED, settings, config, "a<pad>a", false))
                .isEqualTo("4 6 4");
    }
}
