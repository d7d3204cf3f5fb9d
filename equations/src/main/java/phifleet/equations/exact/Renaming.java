package phifleet.equations.exact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import phifleet.equations.budget.Budget;

/**
 * Search for the renaming that turns one canonical equation into another.
 *
 * <p>Each symbol has a role: where and with which exponents it stands. Only symbols of equal role are tried for each other, which leaves
 * one assignment, or a few, for nearly every law.
 */
public final class Renaming {
    private final CanonicalEquation from;
    private final CanonicalEquation to;
    private final BiPredicate<String, String> compatible;
    private final Predicate<CanonicalEquation> accept;
    private final Budget budget;
    private final List<String> open;
    private final Map<String, List<String>> candidates = new HashMap<>();

    private Renaming(
            CanonicalEquation from,
            CanonicalEquation to,
            BiPredicate<String, String> compatible,
            Predicate<CanonicalEquation> accept,
            Budget budget) {
        this.from = from;
        this.to = to;
        this.compatible = compatible;
        this.accept = accept;
        this.budget = budget;
        this.open = new ArrayList<>(from.symbols());
    }

    /**
     * One-to-one names under which {@code from} becomes {@code to}.
     *
     * @param compatible whether a symbol of {@code from} may stand for a symbol of {@code to}, as by equal dimensions
     * @return the name in {@code to} for each name in {@code from}; empty where there is none or the budget ends
     */
    public static Optional<Map<String, String>> find(
            CanonicalEquation from, CanonicalEquation to, BiPredicate<String, String> compatible, Budget budget) {
        return find(from, to, compatible, to::equals, budget);
    }

    /**
     * The same with another test than equality, such as "equal but for the numbers"; only equations of equal {@link
     * CanonicalEquation#shape} are compared.
     *
     * @param accept given {@code from} in the names of {@code to}
     */
    public static Optional<Map<String, String>> find(
            CanonicalEquation from,
            CanonicalEquation to,
            BiPredicate<String, String> compatible,
            Predicate<CanonicalEquation> accept,
            Budget budget) {
        if (!from.shape().equals(to.shape())) {
            return Optional.empty();
        }
        try {
            return new Renaming(from, to, compatible, accept, budget).search();
        } catch (TooComplex | Budget.Spent e) {
            return Optional.empty();
        }
    }

    private Optional<Map<String, String>> search() {
        Set<String> targets = to.symbols();
        if (targets.size() != open.size()) {
            return Optional.empty();
        }
        Map<String, String> roles = new HashMap<>();
        targets.forEach(name -> roles.put(name, role(to, name)));
        for (String name : open) {
            String role = role(from, name);
            List<String> same = new ArrayList<>();
            for (String target : targets) {
                if (role.equals(roles.get(target)) && compatible.test(name, target)) {
                    same.add(target);
                }
            }
            // A symbol keeps its own name where it can.
            if (same.remove(name)) {
                same.addFirst(name);
            }
            if (same.isEmpty()) {
                return Optional.empty();
            }
            candidates.put(name, same);
        }
        open.sort((a, b) ->
                Integer.compare(candidatesOf(a).size(), candidatesOf(b).size()));
        return assign(0, new HashMap<>(), new HashSet<>());
    }

    private List<String> candidatesOf(String name) {
        return candidates.getOrDefault(name, List.of());
    }

    private Optional<Map<String, String>> assign(int next, Map<String, String> names, Set<String> taken) {
        budget.spend(1);
        if (next == open.size()) {
            budget.spend(10L * from.polynomial().size());
            return accept.test(from.renamed(names)) ? Optional.of(Map.copyOf(names)) : Optional.empty();
        }
        String name = open.get(next);
        for (String target : candidatesOf(name)) {
            if (taken.add(target)) {
                names.put(name, target);
                Optional<Map<String, String>> found = assign(next + 1, names, taken);
                if (found.isPresent()) {
                    return found;
                }
                names.remove(name);
                taken.remove(target);
            }
        }
        return Optional.empty();
    }

    /** Where {@code name} stands in {@code equation}, without any other name. */
    private static String role(CanonicalEquation equation, String name) {
        List<String> places = new ArrayList<>();
        Kernel marked = new Kernel.Named(name);
        for (Monomial monomial : equation.polynomial().terms().keySet()) {
            for (Monomial.Factor factor : monomial.factors()) {
                Set<String> inside = new HashSet<>();
                Names.collect(factor.kernel(), inside);
                if (inside.contains(name)) {
                    String place = factor.kernel().equals(marked) ? "" : Names.shape(factor.kernel());
                    places.add(place + factor.exponent() + Names.shape(Polynomial.of(monomial)));
                }
            }
        }
        Collections.sort(places);
        return places.toString();
    }
}
