package phifleet.equations.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement;
import phifleet.equations.grammar.token.Ambiguity;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

/** Numbers times units times notations: whichever way one quantity is written, there is one tree. */
class QuantityNotationsTest {
    private static final long SEED = 17;

    /** A unit in ASCII, in Unicode, in LaTeX. */
    private record Spelled(String ascii, String unicode, String latex) {}

    private static final List<Spelled> UNITS = List.of(
            new Spelled("kg", "kg", "\\text{kg}"),
            new Spelled("m/s", "m·s⁻¹", "\\mathrm{m\\,s^{-1}}"),
            new Spelled("m/s^2", "m/s²", "\\frac{\\text{m}}{\\text{s}^2}"),
            new Spelled("km/h", "km/h", "\\mathrm{km}/\\mathrm{h}"),
            new Spelled("J/(mol*K)", "J/(mol·K)", "\\text{J/(mol K)}"),
            new Spelled("kg/m^3", "kg·m⁻³", "\\mathrm{kg}\\cdot\\mathrm{m}^{-3}"),
            new Spelled("N*m", "N·m", "\\text{N m}"),
            new Spelled("nm", "nm", "\\,\\text{nm}"),
            new Spelled("kPa", "kPa", "\\ \\mathrm{kPa}"),
            new Spelled("L/mol", "L/mol", "\\mathrm{L\\,mol^{-1}}"));

    static Stream<List<String>> spellings() {
        Random random = new Random(SEED);
        List<List<String>> all = new ArrayList<>();
        for (Spelled unit : UNITS) {
            for (int i = 0; i < 12; i++) {
                String mantissa = (1 + random.nextInt(9)) + "." + (1 + random.nextInt(98));
                int power = random.nextInt(-18, 19);
                all.add(scientific(mantissa, power == 0 ? 3 : power, unit));
            }
            int top = 1 + random.nextInt(9);
            int bottom = 2 + random.nextInt(8);
            all.add(fraction(top, bottom, unit));
            all.add(powerOfTen(random.nextInt(1, 19), unit));
        }
        return all.stream();
    }

    private static List<String> scientific(String mantissa, int power, Spelled unit) {
        return List.of(
                mantissa + "*10^" + power + " " + unit.ascii(),
                mantissa + "e" + power + " " + unit.ascii(),
                mantissa + " * 10**" + power + " " + unit.ascii(),
                mantissa + "×10^{" + power + "} " + unit.unicode(),
                mantissa + " × 10" + raised(power) + " " + unit.unicode(),
                mantissa + "·10" + raised(power) + " " + unit.unicode(),
                mantissa + " \\times 10^{" + power + "}\\ " + unit.latex(),
                mantissa + "\\cdot 10^{" + power + "}" + unit.latex());
    }

    private static List<String> fraction(int top, int bottom, Spelled unit) {
        return List.of(
                top + "/" + bottom + " " + unit.ascii(),
                top + " / " + bottom + " " + unit.unicode(),
                "\\frac{" + top + "}{" + bottom + "}" + unit.latex(),
                "\\frac" + top + bottom + "\\," + unit.latex());
    }

    private static List<String> powerOfTen(int power, Spelled unit) {
        return List.of(
                "10^" + power + " " + unit.ascii(),
                "10^{" + power + "} " + unit.ascii(),
                "10" + raised(power) + " " + unit.unicode(),
                "10^{" + power + "}\\ " + unit.latex());
    }

    private static String raised(int power) {
        StringBuilder text = new StringBuilder();
        for (char c : Integer.toString(power).toCharArray()) {
            text.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void parse_oneQuantityInEveryNotation_givesOneTree(List<String> spellings) {
        List<String> trees = spellings.stream()
                .map(spelling -> canonical("q_x = " + spelling))
                .toList();
        assertThat(trees).allMatch(trees.getFirst()::equals).doesNotContainNull();
        assertThat(trees.getFirst()).contains(" ").doesNotContain("q_x = 1*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1,000 + 1 = 1,001 | 1000 + 1 = 1001",
                "12,345,678 = x | 12345678 = x",
                "1,234.5 = x | 1234.5 = x",
                "0,5 = 1/2 | 0.5 = 1/2",
                "x = 1,5 | x = 1.5",
                "1.000,5 = x | 1000.5 = x",
                "f(1,5) = 3 | f(1, 5) = 3",
                "sin(0,5) = y | sin(0.5) = y",
                "binomial(5,2) = 10 | binomial(5, 2) = 10",
                "y = 1'000 | y = 1000",
                "1 000 000 = x | 1000000 = x",
                "1_000 = x | 1000 = x",
                "1\\,000 = x | 1000 = x",
                "1{,}000 = x | 1000 = x",
                "0{,}5 = x | 0.5 = x",
                "6.674 30 = x | 6.67430 = x",
                "x_{1,2} = y | x_12 = y",
                "a = 1, b = 2 | a = 1; b = 2",
                "0.\\overline{3} = x | 1/3 = x",
                "0.1\\overline{6} = x | 1/6 = x",
                "0.(3) = x | 1/3 = x",
                "0.999... = 1 | 1 = 1",
                "1½ = x | 3/2 = x",
                "\\int_½^1 2x dx = y | Integral(2*x, (x, 1/2, 1)) = y",
                "\\log_½ x = y | log(x, 1/2) = y",
                "5 m 20 cm = 5.2 m | 5 m + 20 cm = 5.2 m",
                "5° 30' = 5.5° | 5 deg + 30 arcmin = 5.5 deg",
                "2 3/4 in = 69.85 mm | 11 in/4 = 69.85 mm",
                "(5 kg)(2 m/s^2) = 10 N | 5 kg*(2 m/s^2) = 10 N",
                "20 % = 0.2 | 20 % = 0.2",
                "k = 0.1 /h | k = 0.1 1/h",
                "(0.1/h)(50 L) = 5 L/h | 0.1 1/h*(50 L) = 5 L/h",
                "y = 3/m | y = 3/m",
                "(2/m)(a + b) = x | 2*(a + b)/m = x",
                "c = 4.18 J/(g °C) | c = 4.18 J/(g*°C)",
                "rho = 1000 kg/m3 | rho = 1000 kg/m^3",
                "F = 9×10^9 q_1 q_2/r^2 | F = 9000000000*q_1*q_2/r^2",
                "E = 3/2 kT | E = 3*k*T/2"
            })
    void parse_separatorsAndUnits_areReadByContext(String source, String canonical) {
        assertThat(canonical(source)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,234 = x | GROUPED_COMMA | 1.234 = x",
                "f(1,5) = 3 | LISTED_COMMA | f(1.5) = 3",
                "E = p^2/2m | SLASH_PRODUCT | E = p^2*m/2"
            })
    void parse_nearReading_isNotedAndCanBeTaken(String source, Ambiguity ambiguity, String other) {
        ParseOptions options = ParseOptions.of(QuantityNotationsTest::isUnit);
        ParseResult.Parsed first = (ParseResult.Parsed) EquationParser.parse(source, options);
        assertThat(first.ambiguities()).containsExactly(ambiguity);
        ParseResult.Parsed second = (ParseResult.Parsed) EquationParser.parse(source, options.otherwise(ambiguity));
        assertThat(Spelling.of(Shape.of(second.statement()))).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({"1.2.3 = x", "0.123... = x", "1e999 = x", "5 million = x"})
    void parse_numberThatIsNone_isRefusedWithItsPlace(String source) {
        assertThat(EquationParser.parse(source, ParseOptions.of(QuantityNotationsTest::isUnit)))
                .isInstanceOfSatisfying(
                        ParseResult.Rejected.class,
                        rejected -> assertThat(rejected.problem().length()).isPositive());
    }

    private static boolean isUnit(String text) {
        return Units.standard().read(text) instanceof UnitReading.Read;
    }

    private static String canonical(String source) {
        return switch (EquationParser.parse(source, ParseOptions.of(QuantityNotationsTest::isUnit))) {
            case ParseResult.Parsed parsed -> spelled(parsed.statement());
            case ParseResult.Rejected rejected -> throw new AssertionError(source + ": " + rejected.problem());
        };
    }

    private static String spelled(Statement statement) {
        return Spelling.of(Shape.of(statement));
    }
}
