package phifleet.equations.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureCountsTest {
    @Test
    void of_massEnergy_hasTwoSides() {
        SignatureCounts counts = SignatureCounts.of("E = mc²");
        assertThat(counts).isEqualTo(new SignatureCounts(2, 0, 0));
        assertThat(counts.chi()).isEqualTo(2);
    }

    @Test
    void of_bracketsAndOperators_areCounted() {
        assertThat(SignatureCounts.of("∇·(ρ v) = ∑ (a + b)")).isEqualTo(new SignatureCounts(2, 2, 2));
        assertThat(SignatureCounts.of("\\nabla \\cdot E = \\int f(x) + \\integer"))
                .isEqualTo(new SignatureCounts(2, 1, 2));
    }
}
