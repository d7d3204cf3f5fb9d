package phifleet.equations.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitParserTest {
    private static Unit read(String text) {
        return switch (Units.standard().read(text)) {
            case UnitReading.Read(Unit unit) -> unit;
            case UnitReading.Unreadable wrong -> throw new AssertionError(text + ": " + wrong);
        };
    }

    private static UnitReading.Unreadable refuse(String text) {
        return switch (Units.standard().read(text)) {
            case UnitReading.Read(Unit unit) -> throw new AssertionError(text + " was read as " + unit);
            case UnitReading.Unreadable wrong -> wrong;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "J/kg/K, m²·s⁻²·K⁻¹",
        "J/(kg K), m²·s⁻²·K⁻¹",
        "m s^-2, m·s⁻²",
        "kg·m²/s², kg·m²·s⁻²",
        "kg*m**2/s**2, kg·m²·s⁻²",
        "m2 s-2, m²·s⁻²",
        "V/Hz^(1/2), kg·m²·s^(-5/2)·A⁻¹",
        "V/sqrt(Hz), kg·m²·s^(-5/2)·A⁻¹",
        "1/s, s⁻¹",
        "mol⁻¹, mol⁻¹",
        "W/(m² K⁴), kg·s⁻³·K⁻⁴",
        "kilometers per hour, m·s⁻¹",
        "'\\mathrm{kg}\\,\\mathrm{m}/\\mathrm{s}^{2}', kg·m·s⁻²",
        "'\\frac{J}{kg\\,K}', m²·s⁻²·K⁻¹",
        "^\\circ\\mathrm{C}, K",
        "\\Omega m, kg·m³·s⁻³·A⁻²",
        "%, 1",
        "°, 1"
    })
    void read_expression_hasItsDimension(String text, String dimension) {
        assertThat(read(text).dimension().inSiUnits()).isEqualTo(dimension);
    }

    @ParameterizedTest
    @CsvSource({
        "min, 60, 1, s",
        "Pa, 1, 1, kg·m⁻¹·s⁻²",
        "cd, 1, 1, cd",
        "mol, 1, 1, mol",
        "ft, 381, 1250, m",
        "h, 3600, 1, s",
        "d, 86400, 1, s",
        "dam, 10, 1, m",
        "mm, 1, 1000, m",
        "mT, 1, 1000, kg·s⁻²·A⁻¹",
        "kt, 1000000, 1, kg",
        "GeV, 801088317, 5000000000000000000, kg·m²·s⁻²",
        "ha, 10000, 1, m²",
        "µm, 1, 1000000, m",
        "μm, 1, 1000000, m",
        "um, 1, 1000000, m",
        "kWh, 3600000, 1, kg·m²·s⁻²",
        "nmi, 1852, 1, m",
        "km/h, 5, 18, m·s⁻¹",
        "Gyr, 31557600000000000, 1, s",
        "°F, 5, 9, K",
        "mL, 1, 1000000, m³",
        "kibibytes, 8192, 1, 1",
        "milliseconds, 1, 1000, s"
    })
    void read_symbol_resolvesPrefixesByTheTable(String text, String numerator, String denominator, String dimension) {
        Unit unit = read(text);
        assertThat(unit.scale().numerator()).hasToString(numerator);
        assertThat(unit.scale().denominator()).hasToString(denominator);
        assertThat(unit.dimension().inSiUnits()).isEqualTo(dimension);
    }

    @Test
    void read_degree_keepsPiExact() {
        assertThat(read("°").scale())
                .isEqualTo(read("rad").scale().times(read("pi/180").scale()));
        assertThat(read("rev").scale()).isEqualTo(read("360 °").scale());
    }

    @ParameterizedTest
    @CsvSource({"W/m K, 4", "J/kg·K, 4", "m/(s, 4", "m^x, 1", "'', 0", "m/s$%, 0", "km^(1/2), 0", "m + s, 2"})
    void read_wrongText_saysWhere(String text, int position) {
        assertThat(refuse(text).message()).isNotEmpty();
        if (position > 0) {
            assertThat(refuse(text).position()).isEqualTo(position);
        }
    }

    @Test
    void read_wrongCase_suggestsTheUnit() {
        assertThat(refuse("Kg").message()).contains("did you mean kg");
        assertThat(refuse("5 hZ").position()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10^999999999", "1e999999999", "m^99999999999", "((((((((((((((((((((((((m", "km^2000000000"})
    void read_hostileText_isRefusedAtOnce(String text) {
        assertThat(refuse(text).message()).isNotEmpty();
        assertThat(refuse("m ".repeat(5000)).message()).contains("200");
    }

    @Test
    void dimension_exponentMap_readsTheBenchForm() {
        assertThat(Dimension.ofExponents(Map.of("mass", "1", "time", "-3", "angle", "1")))
                .isEqualTo(read("W/m^2").dimension());
        assertThat(Dimension.ofExponents(Map.of("current", "5/2", "mass", "-3/2"))
                        .denominator())
                .isEqualTo(2);
    }

    @Test
    void constants_derivedOnes_agreeWithTheirDefinitions() {
        PhysicalConstants constants = PhysicalConstants.standard();
        double hbar = value("h") / (2 * Math.PI);
        assertThat(value("ħ")).isCloseTo(hbar, within(1e-12 * hbar));
        assertThat(value("R")).isCloseTo(value("N_A") * value("k_B"), within(1e-12));
        assertThat(value("F")).isCloseTo(value("N_A") * value("e"), within(1e-8));
        assertThat(value("c") * value("c") * value("ε_0") * value("μ_0")).isCloseTo(1, within(1e-9));
        double alpha = value("e") * value("e") / (4 * Math.PI * value("ε_0") * hbar * value("c"));
        assertThat(value("α")).isCloseTo(alpha, within(1e-11));
        double sigma =
                Math.pow(Math.PI, 2) / 60 * Math.pow(value("k_B"), 4) / (Math.pow(hbar, 3) * Math.pow(value("c"), 2));
        assertThat(value("σ")).isCloseTo(sigma, within(1e-18));
        double rydberg = Math.pow(value("α"), 2) * value("m_e") * value("c") / (2 * value("h"));
        assertThat(value("R_∞")).isCloseTo(rydberg, within(0.02));
        assertThat(value("a_0")).isCloseTo(hbar / (value("m_e") * value("c") * value("α")), within(1e-19));
        assertThat(constants.find("k_B").orElseThrow().uncertainty()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(constants.find("no such")).isEmpty();
    }

    private static double value(String symbol) {
        return PhysicalConstants.standard().find(symbol).orElseThrow().value().doubleValue();
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }
}
