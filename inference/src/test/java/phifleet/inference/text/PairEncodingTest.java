package phifleet.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

class PairEncodingTest {
    /** Letters are their own tokens; 1 before, 2 3 between, 4 behind. */
    private static final Tokenizer LETTERS = new Tokenizer() {
        @Override
        public TokenSequence encode(String text, boolean addSpecialTokens) {
            return new TokenSequence(text.chars().toArray());
        }

        @Override
        public List<Token> tokens(String text, boolean addSpecialTokens) {
            return List.of();
        }

        @Override
        public String decode(TokenSequence sequence, boolean skipSpecialTokens) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < sequence.length(); i++) {
                int id = sequence.id(i);
                text.append(id < 10 ? (char) ('0' + id) : (char) id);
            }
            return text.toString();
        }

        @Override
        public PairLayout pairLayout() {
            return new PairLayout(List.of(1), List.of(2, 3), List.of(4), 2);
        }

        @Override
        public int specialTokenCount() {
            return 2;
        }

        @Override
        public int vocabularySize() {
            return 128;
        }
    };

    private static String joined(
            String first, String second, int most, PairEncoding.Cut cut, EncodeOptions.Direction direction) {
        PairEncoding pairs = new PairEncoding(LETTERS, most);
        return LETTERS.decode(pairs.join(pairs.part(first), pairs.part(second), cut, direction), false);
    }

    @ParameterizedTest
    @CsvSource({
        "abc, xyz, 10, 1abc23xyz4",
        "abc, xyz, 9, 1ab23xyz4",
        "abcdef, xy, 10, 1abcd23xy4",
        "ab, uvwxyz, 10, 1ab23uvwx4",
        "abcdef, uvwxyz, 10, 1abc23uvw4",
        "abcdef, uvwxyz, 9, 1ab23uvw4",
        "abcdefg, uvwxyz, 9, 1abc23uv4",
        "abc, xyz, 4, 1234",
        "abc, xyz, 2, 1234"
    })
    void join_longestFirst_cutsAsTheTokenizersDo(String first, String second, int most, String expected) {
        assertThat(joined(first, second, most, PairEncoding.Cut.LONGEST_FIRST, EncodeOptions.Direction.RIGHT))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"abcdef, xyz, 10, 1abc23xyz4", "ab, uvwxyz, 9, 1ab23uvw4", "abcdef, xyz, 8, 1a23xyz4"})
    void join_first_keepsTheSecondWhileItCan(String first, String second, int most, String expected) {
        assertThat(joined(first, second, most, PairEncoding.Cut.FIRST, EncodeOptions.Direction.RIGHT))
                .isEqualTo(expected);
    }

    @Test
    void join_fromTheLeft_keepsTheEnds() {
        assertThat(joined("abcdef", "uvwxyz", 10, PairEncoding.Cut.LONGEST_FIRST, EncodeOptions.Direction.LEFT))
                .isEqualTo("1def23xyz4");
    }

    @Test
    void join_twoTexts_areToldApart() {
        PairEncoding pairs = new PairEncoding(LETTERS, 20);
        TokenSequence pair = pairs.join(
                pairs.part("ab"), pairs.part("x"), PairEncoding.Cut.LONGEST_FIRST, EncodeOptions.Direction.RIGHT);
        int[] types = new int[pair.length()];
        for (int i = 0; i < types.length; i++) {
            types[i] = pair.type(i);
        }
        assertThat(types).containsExactly(0, 0, 0, 0, 0, 1, 1);
    }
}
