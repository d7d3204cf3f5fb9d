package phifleet.equations.grammar;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Parses for tests, with a handful of units. */
final class Readings {
    static final Predicate<String> UNITS = Pattern.compile(
                    "[kcmnµM]?m|s|ms|kg|g|N|J|Gyr|deg|km/h|m/s(\\^2|²)?|°C|K|Pa|V|A|kN|mol|Hz|h|W|m/h")
            .asMatchPredicate();

    private Readings() {}

    static ParseResult read(String source) {
        return read(source, Set.of());
    }

    static ParseResult read(String source, Set<String> declared) {
        return EquationParser.parse(source, new ParseOptions(Format.AUTO, declared, UNITS, ParseOptions.Units.CLEAR));
    }
}
