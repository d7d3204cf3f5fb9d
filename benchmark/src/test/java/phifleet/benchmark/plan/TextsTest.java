package phifleet.benchmark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.benchmark.plan.BenchmarkSettings.TestConfig;

class TextsTest {
    @TempDir
    private Path folder;

    private Path tokenizer;

    @BeforeEach
    void vocabulary() throws Exception {
        tokenizer = folder.resolve("tokenizer.json");
        Files.writeString(tokenizer, "{\"model\":{\"vocab\":{\"[CLS]\":1,\"apple\":2,\"##s\":3,\"pear\":4,\"of\":5}}}");
    }

    private Texts texts(Optional<String> dataset) throws Exception {
        return Texts.of(tokenizer, new TestConfig(0, dataset, List.of(5, 9), 10), folder);
    }

    @Test
    void of_exactLengths_takeTurnsAndLeaveRoomForSpecialTokens() throws Exception {
        List<String> found = texts(Optional.empty()).of(new Lengths.Exact(List.of(5, 9)), 4);

        assertThat(found)
                .extracting(text -> List.of(text.split(" ", -1)).size())
                .containsExactly(3, 7, 3, 7);
        assertThat(String.join(" ", found)).matches("((apple|pear) ?)+");
    }

    @Test
    void of_twice_sameTexts() throws Exception {
        assertThat(texts(Optional.empty()).of(new Lengths.Mixed(), 20))
                .isEqualTo(texts(Optional.empty()).of(new Lengths.Mixed(), 20));
    }

    @Test
    void of_dataset_lastColumnAsItIs() throws Exception {
        Files.writeString(folder.resolve("q.tsv"), "1\tan apple a day\n\n2\tof a pear\n");

        assertThat(texts(Optional.of("q.tsv")).of(new Lengths.Dataset(), 3))
                .containsExactly("an apple a day", "of a pear", "an apple a day");
    }

    @Test
    void of_jsonDataset_itsTexts() throws Exception {
        Files.writeString(
                folder.resolve("q.json"), "[\"an apple\", {\"text\": \" a pear \", \"embedding\": [1]}, {\"odd\": 1}]");

        assertThat(texts(Optional.of("q.json")).of(new Lengths.Dataset(), 3))
                .containsExactly("an apple", "a pear", "an apple");
    }

    @Test
    void of_datasetOfTheTestsSentences_thoseOfTheWorkersOwnModel() throws Exception {
        Texts texts = Texts.of(
                tokenizer,
                new TestConfig(
                        0, Optional.of("inference/src/main/resources/golden/all-minilm-l6-v2.json"), List.of(5), 10),
                Path.of(".."));

        assertThat(texts.of(new Lengths.Dataset(), 1)).containsExactly("What is Deep Learning?");
    }

    @Test
    void of_exactLengthsOfADataset_itsWordsAsOftenAsItHasThem() throws Exception {
        Files.writeString(folder.resolve("q.tsv"), "1\tpear pear\n");

        assertThat(texts(Optional.of("q.tsv")).of(new Lengths.Exact(List.of(5)), 1))
                .containsExactly("pear pear pear");
    }

    @Test
    void of_datasetWithoutAKnownWord_wordsOfTheVocabulary() throws Exception {
        Files.writeString(folder.resolve("q.tsv"), "1\t梨\n");
        Texts texts = texts(Optional.of("q.tsv"));

        assertThat(texts.of(new Lengths.Dataset(), 1)).containsExactly("梨");
        assertThat(texts.of(new Lengths.Exact(List.of(5)), 1)).first(STRING).matches("((apple|pear) ?){3}");
    }

    @Test
    void of_datasetWithoutATextInIt_saidSo() throws Exception {
        Files.writeString(folder.resolve("q.tsv"), "1\t\n\n");

        assertThatThrownBy(() -> texts(Optional.of("q.tsv")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("q.tsv has no text");
    }
}
