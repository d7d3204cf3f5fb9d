package phifleet.equations.grammar.quantity;

import java.util.Set;
import java.util.function.Predicate;

/**
 * What counts as a unit.
 *
 * @param isUnit whether a text is one
 * @param declared names that never are
 * @param unmarked whether letters are one that nothing marks as such
 */
public record UnitRules(Predicate<String> isUnit, Set<String> declared, boolean unmarked) {
    public UnitRules {
        declared = Set.copyOf(declared);
    }
}
