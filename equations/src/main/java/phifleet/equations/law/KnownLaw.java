package phifleet.equations.law;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.Unit;

/**
 * A law of the table.
 *
 * @param id stable and unique, such as {@code kinetic-energy}
 * @param name in words
 * @param field a short tag, such as {@code mech}; {@code *} where it belongs to all
 * @param equation in ASCII
 * @param statement the same, parsed
 * @param units of its symbols, by {@link Symbol#plain()}
 * @param note anything worth saying, often empty
 */
public record KnownLaw(
        String id,
        String name,
        String field,
        String equation,
        Statement.Relation statement,
        Map<Symbol, Unit> units,
        String note) {
    private static final Set<String> WAVES = Set.of("wave", "fluid", "solid");

    public KnownLaw {
        units = Map.copyOf(units);
    }

    /** Of its symbols, by {@link Symbol#plain()}. */
    public Map<Symbol, Dimension> dimensions() {
        return units.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, symbol -> symbol.getValue().dimension()));
    }

    /** Whether c may be the speed of any wave in it. */
    boolean isOfWaves() {
        return WAVES.contains(field);
    }
}
