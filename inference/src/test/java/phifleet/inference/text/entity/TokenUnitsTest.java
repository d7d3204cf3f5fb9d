package phifleet.inference.text.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.text.TextUnits;

/** Which tokens go on with a word, as transformers' pipeline (4.57.6) has it for the same tokens. */
class TokenUnitsTest {
    private static final int UNKNOWN = 3;

    private static Tokenizer.Token token(int id, String text, int start, int stop) {
        return new Tokenizer.Token(id, text, false, start, stop);
    }

    private static List<Boolean> continued(int count, TextUnits units) {
        return IntStream.range(0, count).mapToObj(units::continuesWord).toList();
    }

    @Test
    void of_unigramsUnknownPiece_beginsAWordByItsId() {
        // Such a vocabulary spells what it does not know as the text does, so that its spelling tells nothing.
        TextUnits units = new TokenUnits(false, UNKNOWN)
                .of("Zürich", List.of(token(8, "▁Z", 0, 1), token(UNKNOWN, "ü", 1, 2), token(9, "rich", 2, 6)));
        assertThat(continued(3, units)).containsExactly(false, false, true);
    }

    @Test
    void of_wordPiecesUnknownWord_beginsAWord() {
        TextUnits units =
                new TokenUnits(true, UNKNOWN).of("a 東", List.of(token(8, "a", 0, 1), token(UNKNOWN, "[UNK]", 2, 3)));
        assertThat(continued(2, units)).containsExactly(false, false);
    }

    @Test
    void of_nothingUnknown_goesByTheTextBefore() {
        TextUnits units = new TokenUnits(false, -1)
                .of("ab cd", List.of(token(8, "a", 0, 1), token(9, "b", 1, 2), token(10, "cd", 3, 5)));
        assertThat(continued(3, units)).containsExactly(false, true, false);
    }
}
