package phifleet.equations.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement;
import phifleet.equations.grammar.token.Warning;

class EquationParserTest {
    static Stream<Arguments> readings() throws IOException {
        try (InputStream in = Objects.requireNonNull(EquationParserTest.class.getResourceAsStream("readings.txt"))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.stream().filter(line -> !line.startsWith("# ")).map(line -> {
                int arrow = line.indexOf(" ==> ");
                return Arguments.of(line.substring(0, arrow), line.substring(arrow + 5));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("readings")
    void parse_anySpelling_givesTheCanonicalTree(String source, String canonical) {
        assertThat(canonical(source)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @MethodSource("readings")
    void parse_canonicalSpelling_givesTheSameTreeAgain(String source, String canonical) {
        boolean readable = Stream.of("∇", "±", "oo", "e^(", "±", "x_{", "F <", " ; ", "''", "d(", "Delta(", "Psi, t")
                .noneMatch(canonical::contains);
        if (readable) {
            assertThat(canonical(canonical.replace("; ", " ; "))).isEqualTo(canonical);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "E = mc², E=mc^2",
        "F = ma, \\vec F = m \\vec a",
        "v = dx/dt, v = \\frac{dx}{dt}",
        "T = 2*pi*sqrt(l/g), T = 2\\pi\\sqrt{\\frac{l}{g}}",
        "V_max = k_B*T, V_{\\text{max}} = k_\\text{B} T",
        "q = F*cos(phi + t*w)/m, 'q = \\frac{F \\cos{\\left(\\varphi + t w \\right)}}{m}'",
        "'L = cross(r, p)', '{\\vec L} = \\left[ {\\vec r}, {\\vec p} \\right]'",
        "'P = dot(F, v)', 'P = \\left( {\\vec F}, {\\vec v} \\right)'",
        "'J = Integral(F(t), (t, t_0, t_1))', 'J = \\int\\limits_{t_{0}}^{t_{1}} F{\\left(t \\right)}\\, dt'",
        "'Derivative(u(x, t), (x, 2)) = 0', '\\frac{\\partial^{2}}{\\partial x^{2}} u{\\left(x,t \\right)} = 0'"
    })
    void parse_asciiAndLatex_giveOneTree(String ascii, String latex) {
        assertThat(canonical(latex)).isEqualTo(canonical(ascii));
    }

    @Test
    void parse_declaredName_staysWhole() {
        assertThat(Spelling.of(statement("Vab = emf*Rab", Set.of("Vab", "emf", "Rab"))))
                .isEqualTo("Vab = emf*Rab");
    }

    @Test
    void parse_numbers_keepTheirDigits() {
        Statement.Relation relation = (Statement.Relation) statement("x = 2.50", Set.of());
        assertThat(relation.right())
                .isInstanceOfSatisfying(
                        Expr.Num.class, n -> assertThat(n.value()).hasToString("2.50"));
    }

    @Test
    void parse_places_pointIntoTheSource() {
        String source = "E = m·c²";
        ParseResult.Parsed parsed = (ParseResult.Parsed) Readings.read(source);
        Expr right = ((Statement.Relation) parsed.statement()).right();
        assertThat(Objects.requireNonNull(parsed.places().of(right)).of(source)).isEqualTo("m·c²");
        assertThat(Objects.requireNonNull(parsed.places().of(right.children().getLast()))
                        .of(source))
                .isEqualTo("c²");
    }

    @ParameterizedTest
    @CsvSource({
        "E = p^2/2m, implicit_product",
        "sin ωt = y, function_argument",
        "x1 = 2, index_digits",
        "y = sin^-1 x, inverse",
        "ΣF = ma, sum_sign",
        "E = m(c), application"
    })
    void parse_readingByConvention_warns(String source, String code) {
        ParseResult.Parsed parsed = (ParseResult.Parsed) Readings.read(source);
        assertThat(parsed.warnings()).extracting(Warning::code).contains(code);
    }

    private static String canonical(String source) {
        return Spelling.of(Shape.of(statement(source, Set.of())));
    }

    private static Statement statement(String source, Set<String> declared) {
        return switch (Readings.read(source, declared)) {
            case ParseResult.Parsed parsed -> parsed.statement();
            case ParseResult.Rejected rejected -> throw new AssertionError(rejected.problem());
        };
    }
}
