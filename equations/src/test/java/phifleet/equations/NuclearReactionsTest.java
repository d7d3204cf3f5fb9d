package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static phifleet.equations.JudgedEquation.report;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.equations.grammar.token.NuclearReader;
import phifleet.equations.grammar.token.ReactionReader;

/** Decays and reactions of nuclei: nucleons, charge and, where neutrinos are written, leptons are the same on both sides. */
class NuclearReactionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "p + p → D + e^+ + ν_e; true",
                "4 ^1H → ^4He + 2e^+ + 2ν_e; true",
                "4 ^1H → ^4He + 2e^- + 2ν_e; false",
                "U-235 + n → Ba-141 + Kr-92 + 3n; true",
                "U-235 + n → Ba-141 + Kr-92 + 2n; false",
                "^{14}N(\\alpha,p)^{17}O; true",
                "^{14}N(\\alpha,n)^{17}O; false",
                "{}^{60}_{27}Co \\to {}^{60}_{28}Ni^* + \\beta^- + \\bar\\nu_e; true",
                "n → p + e⁻ + ν̄; true",
                "\\mu^- \\to e^- + \\bar{\\nu}_e + \\nu_\\mu; true",
                "\\mu^- \\to e^- + \\bar{\\nu}_\\mu + \\nu_e; false",
                "e^+ + e^- \\to 2\\gamma; true",
                "^{99m}Tc -> ^{99}Tc + γ; true",
                "²³⁸₉₂U → ²³⁴₉₀Th + ⁴₂He; true",
                "²³⁸₉₂U → ²³⁴₉₀Th + ³₂He; false",
                "D + T → ^4He + n + 17.6 MeV; true",
                "^2_1H + ^3_1H = ^4_2He + ^1_0n; true",
                "_6^{14}C -> _7^{14}N + _{-1}^0e; true",
                "_6^{14}C -> _7^{14}N + _{+1}^0e; false",
                "\\ce{^{227}_{90}Th+ -> ^{223}_{88}Ra + \\alpha}; true"
            })
    void validate_nuclearReaction_isBalancedOrNot(String reaction, boolean balanced) {
        ValidationReport report = report(reaction);
        assertThat(report.verdict()).isEqualTo(balanced ? Verdict.IDENTITY_PROVED : Verdict.NOT_IDENTITY);
        assertThat(report.explanation()).contains("nuclei");
    }

    @Test
    void validate_elementWithAnotherNumberOfProtons_isWrongThoughItBalances() {
        ValidationReport report = report("^{14}_{7}C -> ^{14}_{7}N + \\gamma");
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_IDENTITY);
        assertThat(report.explanation()).contains("C is written with the numbers 14 and 7");
    }

    /** Patterns with several places for spaces have no end where there are hundreds of them. */
    @ParameterizedTest
    @ValueSource(strings = {"^1H(#n#,#p#)", "^#1#_#1#!#= n", "^1H(#{}#n#*#,#{}#p#*#)"})
    void read_manySpaces_endsAtOnce(String text) {
        long places = text.chars().filter(c -> c == '#').count();
        String spaced = text.replace("#", " ".repeat((int) (560 / places)));
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(5), () -> NuclearReader.read(spaced)))
                .isEmpty();
    }

    /** A count of nothing is none. */
    @Test
    void read_noneOfAParticle_isNoReaction() {
        assertThat(NuclearReader.read("^1H + 2n -> ^3H")).isPresent();
        assertThat(NuclearReader.read("^1H + 0n -> ^1H")).isEmpty();
        assertThat(NuclearReader.read("^1H -> 0 ^1H")).isEmpty();
        assertThat(ReactionReader.read("Cu^{2+} + 2e- -> Cu")).isPresent();
        assertThat(ReactionReader.read("Cu + 0e- -> Cu")).isEmpty();
    }

    /** What looks alike and is chemistry, or no reaction at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2 H2 + O2 -> 2 H2O",
                "Cu^{2+} + 2e^- -> Cu",
                "H+ + OH- -> H2O",
                "n → p",
                "\\lim_{x\\to 0} \\frac{\\sin x}{x} = 1",
                "C_1V_1 = C_2V_2"
            })
    void validate_otherTexts_areReadAsBefore(String text) {
        assertThat(report(text).explanation()).doesNotContain("nuclei");
    }
}
