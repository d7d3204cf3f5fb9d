package phifleet.equations.grammar.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiunitxUnitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\kilo\\meter\\per\\hour; km·h^-1",
                "\\joule\\per\\kilogram\\per\\kelvin; J·kg^-1·K^-1",
                "\\meter\\per\\second\\squared; m·s^-2",
                "\\per\\square\\metre; m^-2",
                "\\cubic\\centi\\meter; cm^3",
                "\\second\\tothe{-2}; s^-2",
                "\\km; km",
                "\\femto\\second; fs",
                "\\peta\\hertz; PHz",
                "\\deca\\newton; daN",
                "\\micro\\katal; µkat",
                "\\astronomicalunit; au",
                "\\dalton\\squared; Da^2",
                "km/h; km/h",
                "\\kilo g; \\kilo g"
            })
    void spelled_macros_isTheUnitInSymbols(String text, String unit) {
        assertThat(SiunitxUnits.spelled(text)).isEqualTo(unit);
    }
}
