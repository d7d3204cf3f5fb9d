package phifleet.worker.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    private static boolean isFound(String sought, String kept) {
        return Words.kept(kept).containsAll(Words.sought(sought));
    }

    @Test
    void parts_areOfLettersAndDigits_inSmallLetters() {
        assertThat(Words.sought("  No.47, TOTAL")).containsExactly("no", "47", "tot", "ota", "tal");
        assertThat(Words.kept("aBc!d")).containsExactly("a", "b", "c", "ab", "bc", "abc", "d");
    }

    @Test
    void words_areFoundWhateverTheirCaseAndPlace_alsoWhereSpacesAreMissing() {
        assertThat(isFound("invoice 4711", "InvoiceNo.4711")).isTrue();
        assertThat(isFound("amount", "Totalamount:1,234.50EUR")).isTrue();
        assertThat(isFound("straße", "STRASSE, Straße")).isTrue();
        assertThat(isFound("x", "tax")).isTrue();
        assertThat(isFound("invoices", "invoice")).isFalse();
        assertThat(isFound("4711 4712", "4711")).isFalse();
        assertThat(isFound("ab", "a b")).isFalse();
    }

    @Test
    void scriptsWithoutSpaces_areFoundByAnyPart() {
        assertThat(isFound("世界", "你好世界")).isTrue();
        assertThat(isFound("好", "你好世界")).isTrue();
        assertThat(isFound("世好", "你好世界")).isFalse();
    }

    @Test
    void formsOfWidth_areOne() {
        assertThat(Words.sought("ＡＢ１")).containsExactly("ab1");
    }

    @Test
    void textOfNoWords_hasNone() {
        assertThat(Words.sought(" –!? ")).isEmpty();
        assertThat(Words.kept("")).isEmpty();
    }
}
