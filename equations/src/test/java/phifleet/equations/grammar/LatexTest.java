package phifleet.equations.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.equations.ast.Latex;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement;
import phifleet.equations.law.KnownLaws;

/** What is drawn is what was understood: the LaTeX of a tree is read as that tree. */
class LatexTest {
    @ParameterizedTest
    @MethodSource("phifleet.equations.grammar.EquationParserTest#readings")
    void latex_ofAnyReading_isReadAsTheSameTree(String source, String canonical) {
        String latex = Latex.of(statement(source));
        if (isReadBack(canonical)) {
            assertThat(plain(Spelling.of(Shape.of(statement(latex))))).as(latex).isEqualTo(plain(canonical));
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void latex_ofAnyKnownLaw_isReadAsTheSameTree(String law) {
        Statement statement = statement(law);
        assertThat(Shape.of(statement(Latex.of(statement)))).isEqualTo(Shape.of(statement));
    }

    static Stream<String> laws() throws IOException {
        try (InputStream in = Objects.requireNonNull(KnownLaws.class.getResourceAsStream("laws.txt"))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\|", -1)[3].strip());
        }
    }

    /** Charges with and without a sign of power are one spelling. */
    private static String plain(String canonical) {
        return canonical.contains("->") ? canonical.replace("^", "") : canonical;
    }

    private static boolean isReadBack(String canonical) {
        return Set.of("s0_", "_Dummy_1", "GoldenRatio", "K_1(").stream().noneMatch(canonical::contains);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "E = mc²; E = m c^{2}",
                "K = 1/2 m v^2; K = \\frac{1}{2} m v^{2}",
                "sin²x + cos²x = 1; \\sin^{2}{\\left(x\\right)} + \\cos^{2}{\\left(x\\right)} = 1",
                "∇·E = ρ/ε₀; \\nabla \\cdot E = \\frac{\\rho}{\\epsilon_{0}}",
                "v_max = dx/dt; v_{\\text{max}} = \\frac{d x}{dt}",
                "2 H2 + O2 -> 2 H2O; 2\\,\\mathrm{H_{2}} + \\mathrm{O_{2}} \\rightarrow 2\\,\\mathrm{H_{2}O}"
            })
    void latex_looksAsInABook(String source, String latex) {
        assertThat(Latex.of(statement(source))).isEqualTo(latex);
    }

    private static Statement statement(String source) {
        return switch (Readings.read(source)) {
            case ParseResult.Parsed parsed -> parsed.statement();
            case ParseResult.Rejected rejected -> throw new AssertionError(source + ": " + rejected.problem());
        };
    }
}
