package phifleet.inference.text.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordSplitterTest {

    private static List<String> words(String text) {
        return WordSplitter.words(text).stream().map(WordSplitter.Word::text).toList();
    }

    @Test
    void words_hyphensAndSigns_areSplitAsPythonDoes() {
        assertThat(words("state-of-the-art, don't x_y-1 -a- \ud83c\udfc6"))
                .containsExactly("state-of-the-art", ",", "don", "'", "t", "x_y-1", "-", "a", "-", "\ud83c\udfc6");
        // A mark that stands by itself is no letter in Python, and these separators are white space there.
        assertThat(words("e\u0301\u001ca\u00a0b\u00bd")).containsExactly("e", "\u0301", "a", "b\u00bd");
        assertThat(words(" \n\t")).isEmpty();
    }

    @Test
    void words_longRun_needsNoStack() {
        assertThat(words("a-".repeat(500_000))).hasSize(2);
        assertThat(words("a".repeat(1_000_000))).hasSize(1);
    }
}
