package phifleet.equations.grammar.quantity;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which letters are likely units behind a number, and of which symbols. */
final class UnitLetters {
    /** Units that no product of letters is likely to be. Others need a text that is quantities alone. */
    private static final Set<String> PLAIN =
            Set.of(("km cm mm µm um nm kg µg ug ms µs us ns Hz kHz MHz GHz THz kPa MPa GPa hPa"
                            + " kN MN kJ MJ GJ kW MW GW kV MV eV keV MeV GeV TeV mol mmol kmol rad mrad deg sr atm bar mbar kWh Wh"
                            + " Gyr Myr kyr yr AU pc kpc Mpc ly mL ml kΩ MΩ µF nF pF mF mH µH mC µC nC kA µA nA Torr mmHg psi ft"
                            + " mph rpm rev cal kcal Bq Gy Sv lm lx dB Å Angstrom angstrom m/s m/s^2 km/h km/s cm/s rad/s N/m N/m^2 V/m"
                            + " W/m^2 kg/m^3 g/cm^3 J/K J/kg J/mol g/mol mol/L mol/l L/mol l/mol m^3/mol N*m Pa*s J*s m^2 m^3 cm^2"
                            + " cm^3 s^-1 m^2/s J/(kg*K) W/(m*K) J/(mol*K) J/(K*mol) W/(m^2*K)"
                            + " N*m^2/C^2 N*m^2/kg^2 C/mol kW*h kg*m/s kg*m/s^2 kg*m^2 kg*m^2/s N*s")
                    .split(" "));
    /** Which symbols a lone letter is a likely unit of. */
    private static final Map<String, String> MEASURED = Map.ofEntries(
            Map.entry("m", "x y z d l L s r R h w D H a b lambda"),
            Map.entry("s", "t T tau"),
            Map.entry("K", "T theta"),
            Map.entry("N", "F W N T f"),
            Map.entry("J", "E W Q U K H"),
            Map.entry("W", "P"),
            Map.entry("V", "V U E"),
            Map.entry("A", "I i"),
            Map.entry("C", "Q q"),
            Map.entry("T", "B"),
            Map.entry("F", "C"),
            Map.entry("H", "L M"),
            Map.entry("g", "m M"),
            Map.entry("L", "V"),
            Map.entry("l", "V"),
            Map.entry("h", "t"),
            Map.entry("mg", "m M"),
            Map.entry("mV", "V U"),
            Map.entry("mA", "I i"),
            Map.entry("Pa", "p P"),
            Map.entry("mN", "F"),
            Map.entry("mK", "T"),
            Map.entry("min", "t T"),
            Map.entry("mT", "B"),
            Map.entry("cd", "I"),
            Map.entry("fm", "r R d"),
            Map.entry("pm", "r R d lambda"));
    /** Letters that are a unit behind scientific notation: an SI unit that is rarely a factor there. */
    private static final Set<String> SI_LETTERS =
            Set.of("m", "s", "g", "K", "N", "J", "W", "V", "A", "C", "T", "F", "H", "L");

    private static final Set<String> COMPANY =
            Set.of("m", "s", "g", "K", "N", "J", "W", "V", "A", "C", "T", "F", "H", "L", "h", "min", "Pa", "Ω");

    private UnitLetters() {}

    /** Whether no product of letters is likely to be it. */
    static boolean isPlain(String unit) {
        return PLAIN.contains(unit) || unit.startsWith("Ω");
    }

    /** Whether it is several units, of each of which that is so: {@code eV*nm}. */
    static boolean isPlainThroughout(String unit) {
        return parts(unit).size() > 1 && PLAIN.containsAll(parts(unit));
    }

    /** The units in a product or quotient of such, without their exponents. */
    static Set<String> parts(String unit) {
        return Arrays.stream(unit.split("[*/·()^0-9-]+"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Whether it is an SI unit of one letter. */
    static boolean isSi(String unit) {
        return SI_LETTERS.contains(unit);
    }

    /** Whether it is one beside quantities that are clear. */
    static boolean isCompany(String unit) {
        return COMPANY.contains(unit);
    }

    /** Whether what the symbol stands for is measured in it. */
    static boolean isMeasured(String symbol, String unit) {
        return Set.of(MEASURED.getOrDefault(unit, "").split(" ")).contains(symbol);
    }
}
