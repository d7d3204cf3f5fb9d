package phifleet.inference.text.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Vector;

/** Each module alone; expected numbers by PyTorch 2.7.1's definitions, worked out by hand or to ten places. */
class ModulesTest {

    @Test
    void dense_withBias_isRowsTimesVectorPlusBias() throws ModelException {
        Dense dense = new Dense(new float[] {1, 2, 3, 4, 5, 6}, new float[] {10, 20}, Dense.Activation.IDENTITY);
        assertThat(dense.apply(vector(1, 0, -1)).values()).containsExactly(8, 18);
        assertThat(dense.width(3)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "IDENTITY, -0.5, -0.5",
        "TANH, -0.5, -0.4621171573",
        "RELU, -0.5, 0",
        "RELU, 0.5, 0.5",
        "SIGMOID, -0.5, 0.3775406688",
        "GELU, -0.5, -0.1542687694",
        "GELU, 3, 2.9959503006",
        "GELU, 8, 8",
        "GELU_TANH, -0.5, -0.1542859902",
        "GELU_TANH, 3.0, 2.9963626079",
        "SILU, -0.5, -0.1887703344",
        "SILU, 3.0, 2.8577223805",
        "LEAKY_RELU, -0.5, -0.0050000000",
        "LEAKY_RELU, 3.0, 3.0000000000",
        "ELU, -0.5, -0.3934693403",
        "ELU, 3.0, 3.0000000000",
        "SOFTPLUS, -0.5, 0.4740769842",
        "SOFTPLUS, 3.0, 3.0485873516",
        "MISH, -0.5, -0.2207437747",
        "MISH, 3.0, 2.9865350050"
    })
    void activation_isPyTorchs(Dense.Activation activation, float x, float expected) {
        assertThat(activation.of(x)).isCloseTo(expected, within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.5, 0.5204998778130465",
        "2.5, 0.999593047982555",
        "3, 0.9999779095030014",
        "-1, -0.8427007929497149"
    })
    void erf_hasTheTabulatedValues(double x, double expected) {
        assertThat(Erf.of(x)).isCloseTo(expected, within(1e-14));
    }

    @Test
    void layerNorm_scalesToMeanZeroAndVarianceOneFirst() throws ModelException {
        LayerNorm norm = new LayerNorm(new float[] {1, 1, 2}, new float[] {0, 0, 1}, LayerNorm.USUAL_EPSILON);
        float[] result = norm.apply(vector(1, 2, 3)).values();
        assertThat(result[0]).isCloseTo(-1.2247357f, within(1e-6f));
        assertThat(result[1]).isZero();
        assertThat(result[2]).isCloseTo(2 * 1.2247357f + 1, within(1e-6f));
        LayerNorm softer = new LayerNorm(new float[] {1, 1, 2}, new float[] {0, 0, 1}, 1.0 / 3);
        assertThat(softer.apply(vector(1, 2, 3)).get(0)).isCloseTo(-1, within(1e-6f));
    }

    @Test
    void normalize_zero_staysZero() {
        assertThat(new Normalize().apply(vector(0, 0)).values()).containsExactly(0, 0);
        assertThat(new Normalize().apply(vector(3, 4)).values()).containsExactly(0.6f, 0.8f);
    }

    @Test
    void dense_ofAnotherWidth_refuses() {
        Dense dense = new Dense(new float[] {1, 2}, new float[] {0}, Dense.Activation.TANH);
        assertThatThrownBy(() -> dense.apply(vector(1, 2, 3)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("dense 2 to 1 tanh got 3 numbers");
    }

    private static Vector vector(float... values) {
        return new Vector(values);
    }
}
