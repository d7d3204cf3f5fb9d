package phifleet.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolingTest {
    /** Three tokens of two numbers, behind one number that belongs to nobody. */
    private static final float[] ROWS = {99, 1, 10, 2, 20, 6, 0};

    private static final TokenSequence TEXT = new TokenSequence(new int[] {7, 8, 9});

    @ParameterizedTest
    @CsvSource({
        "CLS, 1, 10",
        "MAX, 6, 20",
        "MEAN, 3, 10",
        "MEAN_SQRT_LEN, 5.196152, 17.320508",
        "WEIGHTED_MEAN, 3.833333, 8.333333",
        "LAST, 6, 0"
    })
    void pool_oneMode_isSentenceTransformers(Pooling.Mode mode, float first, float second) {
        float[] pooled = Pooling.of(mode).pool(TEXT, ROWS, 1, 2).values();
        assertThat(pooled).hasSize(2);
        assertThat(pooled[0]).isCloseTo(first, within(1e-5f));
        assertThat(pooled[1]).isCloseTo(second, within(1e-5f));
    }

    @Test
    void pool_withoutThePrompt_leavesItsTokensOut() {
        TokenSequence prompted = TEXT.with(1, 0);
        Pooling pooling = new Pooling(List.of(Pooling.Mode.MEAN, Pooling.Mode.MAX, Pooling.Mode.CLS), false);
        assertThat(pooling.pool(prompted, ROWS, 1, 2).values()).containsExactly(4, 10, 6, 20, 2, 20);
    }

    @Test
    void pool_withoutAPromptThatIsAll_isZero() {
        Pooling pooling = new Pooling(List.of(Pooling.Mode.MEAN), false);
        assertThat(pooling.pool(TEXT.with(5, 0), ROWS, 1, 2).values()).containsExactly(0, 0);
    }

    @Test
    void token_withoutThePrompt_isTheFirstBehindIt() {
        Pooling first = new Pooling(List.of(Pooling.Mode.CLS), false);
        assertThat(first.token(TEXT.with(2, 0))).isEqualTo(2);
        assertThat(first.token(TEXT)).isZero();
        assertThat(first.token(TEXT.with(3, 0))).isZero();
        assertThat(Pooling.CLS.token(TEXT.with(2, 0))).isZero();
        assertThat(Pooling.LAST.token(TEXT.with(2, 0))).isEqualTo(2);
    }

    @Test
    void lastBut_aTokenThatEndsTheText_isTheOneBeforeIt() {
        Pooling pooling = Pooling.lastBut(9);
        assertThat(pooling.token(TEXT)).isEqualTo(1);
        assertThat(pooling.pool(TEXT, ROWS, 1, 2).values()).containsExactly(2, 20);
        assertThat(pooling.token(new TokenSequence(new int[] {9, 9, 7}))).isEqualTo(2);
        assertThat(pooling.token(new TokenSequence(new int[] {9, 9}))).isZero();
    }

    @Test
    void weight_ofAMean_sumsToOne() {
        float sum = 0;
        for (int i = 0; i < 5; i++) {
            sum += Pooling.of(Pooling.Mode.WEIGHTED_MEAN).weight(i, 5);
        }
        assertThat(sum).isCloseTo(1, within(1e-6f));
    }

    @Test
    void label_ofSeveral_keepsTheirOrder() {
        assertThat(new Pooling(List.of(Pooling.Mode.MEAN, Pooling.Mode.MAX), true).label())
                .isEqualTo("mean+max");
        assertThat(Pooling.NONE.label()).isEqualTo("none");
    }
}
