package phifleet.benchmark.plan;

import static org.assertj.core.api.Assertions.assertThat;

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
}
