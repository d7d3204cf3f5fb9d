package phifleet.equations.law;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.exact.CanonicalEquation;
import phifleet.equations.law.LawEntries.Entry;
import phifleet.equations.units.Dimension;

/**
 * A law whose letters are those of an equation, but perhaps for the one of the quantity that the equation tells, {@code h_f} for h.
 *
 * @param dimensions of the equation's symbols, if the law is meant
 * @param near whether the equation is a product as the law is, and has one other exponent or two exchanged
 */
public record Kin(KnownLaw law, Map<Symbol, Dimension> dimensions, boolean near) {
    /** The letters beside the told one that tell which law is meant. */
    private static final int FEWEST_OTHERS = 3;

    public Kin {
        dimensions = Map.copyOf(dimensions);
    }

    /** All of an equation, whatever the letters mean in it. */
    static List<Kin> of(CanonicalEquation equation, Optional<Symbol> told, LawEntries entries) {
        Set<String> names = equation.symbols();
        List<Kin> kin = new ArrayList<>();
        for (Entry entry : entries.in(names)) {
            kin.add(new Kin(entry.law(), entry.law().dimensions(), isNearly(equation, entry)));
        }
        if (told.isPresent() && names.contains(told.get().name()) && names.size() > FEWEST_OTHERS) {
            Set<String> others = new HashSet<>(names);
            others.remove(told.get().name());
            for (Entry entry : entries.withOneMore(others)) {
                of(equation, told.get(), others, entry).ifPresent(kin::add);
            }
        }
        return kin;
    }

    private static Optional<Kin> of(CanonicalEquation equation, Symbol told, Set<String> others, Entry entry) {
        Map<Symbol, Dimension> dimensions = new HashMap<>();
        @Nullable String its = null;
        for (Map.Entry<Symbol, Dimension> symbol : entry.law().dimensions().entrySet()) {
            String name = symbol.getKey().name();
            boolean other = !others.contains(name);
            its = other ? name : its;
            dimensions.put(other ? told : symbol.getKey(), symbol.getValue());
        }
        return its == null || its.equals(told.name()) || entry.constants().contains(its)
                ? Optional.empty()
                : Optional.of(new Kin(
                        entry.law(), dimensions, isNearly(equation.renamed(Map.of(told.name(), its)), entry)));
    }

    private static boolean isNearly(CanonicalEquation equation, Entry entry) {
        return LawExponents.of(equation).isNearly(LawExponents.of(entry.form().canonical()));
    }
}
