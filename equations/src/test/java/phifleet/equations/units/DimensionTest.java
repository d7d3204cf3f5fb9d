package phifleet.equations.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DimensionTest {
    private static final Dimension LENGTH = Dimension.of(BaseQuantity.LENGTH);
    private static final Dimension TIME = Dimension.of(BaseQuantity.TIME);

    @Test
    void algebra_isExact() {
        Dimension speed = LENGTH.over(TIME);
        assertThat(speed.times(TIME)).isEqualTo(LENGTH);
        assertThat(speed.pow(3, 2).pow(2, 3)).isEqualTo(speed);
        assertThat(speed.root(2).times(speed.root(2))).isEqualTo(speed).hasSameHashCodeAs(speed);
        assertThat(speed.pow(-1)).isEqualTo(TIME.over(LENGTH));
        assertThat(speed.over(speed).isNone()).isTrue();
        assertThat(speed.pow(1, -2)).isEqualTo(TIME.over(LENGTH).root(2));
    }

    @Test
    void print_readsLikeABook() {
        assertThat(LENGTH.pow(2).over(TIME.pow(2))).hasToString("L²·T⁻²");
        assertThat(LENGTH.root(2).inSiUnits()).isEqualTo("m^(1/2)");
        assertThat(Dimension.NONE).hasToString("1");
    }

    @Test
    void pow_outOfRange_throws() {
        Dimension large = LENGTH.pow(Integer.MAX_VALUE);
        assertThatThrownBy(() -> large.times(LENGTH)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> LENGTH.pow(1, 0)).isInstanceOf(ArithmeticException.class);
    }
}
