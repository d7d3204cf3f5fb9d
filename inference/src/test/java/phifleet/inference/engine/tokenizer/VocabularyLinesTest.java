package phifleet.inference.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.testing.Workbench;

/** Against EsmTokenizer of transformers 4.57.6. */
class VocabularyLinesTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MKA|0 4 5 6 2",
                "M K  A|0 4 5 6 2",
                "MK<mask>A|0 4 5 7 6 2",
                "MK <mask> A|0 4 5 7 6 2",
                "M?!K|0 4 3 5 2",
                "mk|0 3 2",
                "M x y K|0 4 3 3 5 2",
                "<cls>M<eos>|0 0 4 2 2",
                "|0 2"
            })
    void read_vocabularyInLines_isAsItsClassHasIt(String text, String ids) throws Exception {
        Path file = folder.resolve("vocab.txt");
        Files.writeString(file, "<cls>\n<pad>\n<eos>\n<unk>\nM\nK\nA\n<mask>\n");
        Files.writeString(
                folder.resolve("config.json"), "{\"model_type\": \"esm\", \"transformers_version\": \"4.57.6\"}");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"EsmTokenizer\"}");
        byte[] json = ConfiguredTokenizer.read(file, VocabularyLines.read(file));
        assertThat(SmallTokenizers.ids(HuggingFaceTextTokenizer.load(json, "small"), text == null ? "" : text, true))
                .isEqualTo(ids);
    }
}
