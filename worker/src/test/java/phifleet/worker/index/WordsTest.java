package phifleet.worker.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void words_areLettersAndDigits_inSmallLetters() {
        assertThat(Words.sought("  INVOICE No.4711, Straße—Total: TOTAL"))
                .containsExactly("invoice", "no", "4711", "straße", "total");
        assertThat(Words.kept("INVOICE No.4711")).isEqualTo(Words.sought("invoice NO 4711"));
    }

    @Test
    void formsOfWidth_areOne() {
        assertThat(Words.sought("ＡＢＣ１２")).containsExactly("abc12");
    }

    @Test
    void scriptsWithoutSpaces_areCutIntoPairs_andKeptCharacterByCharacterToo() {
        assertThat(Words.sought("你好世界 A1")).containsExactly("你好", "好世", "世界", "a1");
        assertThat(Words.sought("好")).containsExactly("好");
        assertThat(Words.kept("你好世")).containsExactly("你", "你好", "好", "好世", "世");
        assertThat(Words.kept("正品促销")).containsAll(Words.sought("品促")).containsAll(Words.sought("销"));
    }

    @Test
    void textOfNoWords_hasNone() {
        assertThat(Words.sought(" –!? ")).isEmpty();
        assertThat(Words.kept("")).isEmpty();
    }

    @Test
    void longWord_isItsBeginning_thatOfTheOtherToo() {
        assertThat(Words.sought("x".repeat(5000)))
                .isEqualTo(Words.kept("x".repeat(4000)))
                .hasSize(1);
    }
}
