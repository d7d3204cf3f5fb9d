package phifleet.equations.chance;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;

/**
 * Tests an equation of sets by the regions into which its letters part everything there is, 2ⁿ for n letters: sides that hold the same
 * regions are equal whatever the sets are, which is a proof, and a region that one side alone holds is a counter-example. Sets that are
 * written out, {@code {1, 2}}, are compared by their members instead.
 */
public final class Regions {
    /** Letters of an equation, at most: 4,096 regions. */
    private static final int MAX_LETTERS = 12;

    private static final String EMPTY = "emptyset";
    private static final String LITERAL = "set";

    /** What was found. */
    public sealed interface Outcome {}

    /** The sides are the same set. */
    public record Same(boolean ofLetters) implements Outcome {}

    /** They differ where these sets are so. */
    public record Differs(SortedMap<String, String> values, String left, String right) implements Outcome {}

    /** It says what one set is, or what holds of some sets only. */
    public record Condition() implements Outcome {}

    /** It cannot be tested. */
    public record Unknown() implements Outcome {}

    private final Map<String, BitSet> letters = new HashMap<>();
    private final Map<Expr, Integer> members = new HashMap<>();
    private final Budget budget;
    private final int size;

    private Regions(List<String> names, Set<Expr> members, Budget budget) {
        this.budget = budget;
        this.size = members.isEmpty() ? 1 << names.size() : members.size();
        members.forEach(member -> this.members.put(member, this.members.size()));
        for (int k = 0; k < names.size() && members.isEmpty(); k++) {
            BitSet own = new BitSet(size);
            for (int region = 0; region < size; region++) {
                own.set(region, (region >> k & 1) == 1);
            }
            letters.put(names.get(k), own);
        }
    }

    /** Empty where it is no equation of sets. */
    public static Optional<Outcome> test(Relation relation, Budget budget) {
        if (!relation.isEquation() || relation.sides().stream().noneMatch(Regions::isOfSets)) {
            return Optional.empty();
        }
        try {
            return Optional.of(tested(relation, budget));
        } catch (NotTestable notTestable) {
            return Optional.of(new Unknown());
        }
    }

    private static boolean isOfSets(Expr side) {
        return switch (side) {
            case Call(Function function, List<Expr> _) ->
                function == Function.UNION || function == Function.INTERSECTION;
            case Application(Symbol head, List<Expr> _) -> head.name().equals(LITERAL);
            case Power(Expr base, Symbol sign) -> sign.name().equals("c") && isOfSets(base);
            default -> false;
        };
    }

    private static Outcome tested(Relation relation, Budget budget) {
        TreeSet<String> names = new TreeSet<>();
        Set<Expr> members = new LinkedHashSet<>();
        relation.sides().forEach(side -> collect(side, names, members));
        if (names.size() > MAX_LETTERS || (!names.isEmpty() && !members.isEmpty())) {
            return isPlain(relation.left()) || isPlain(relation.right()) ? new Condition() : new Unknown();
        }
        Regions regions = new Regions(List.copyOf(names), members, budget);
        BitSet left = regions.of(relation.left());
        BitSet right = regions.of(relation.right());
        if (left.equals(right)) {
            return new Same(members.isEmpty());
        }
        return members.isEmpty() && isCondition(relation) ? new Condition() : regions.differs(left, right, names);
    }

    /** A letter that is told, or a part of a letter that is said to be all of it or nothing. */
    private static boolean isCondition(Relation relation) {
        return says(relation.left(), relation.right()) || says(relation.right(), relation.left());
    }

    private static boolean says(Expr plain, Expr other) {
        if (!isPlain(plain)) {
            return false;
        }
        boolean within = other instanceof Call(Function _, List<Expr> parts)
                && parts.stream().allMatch(Regions::isPlain);
        return within || !Trees.symbols(other).contains((Symbol) plain);
    }

    private static boolean isPlain(Expr side) {
        return side instanceof Symbol;
    }

    private static void collect(Expr side, Set<String> names, Set<Expr> members) {
        switch (side) {
            case Symbol symbol -> {
                if (!symbol.name().equals(EMPTY)) {
                    names.add(ChanceLetters.complemented(symbol));
                }
            }
            case Application(Symbol head, List<Expr> own)
            when head.name().equals(LITERAL) -> own.stream().map(Shape::of).forEach(members::add);
            case Power(Expr base, Symbol _) -> collect(base, names, members);
            case Call(Function _, List<Expr> parts) -> parts.forEach(part -> collect(part, names, members));
            default -> throw new NotTestable();
        }
    }

    private BitSet of(Expr side) {
        budget.spend(1 + size / Long.SIZE);
        return switch (side) {
            case Symbol symbol -> {
                BitSet own = (BitSet) letters.getOrDefault(ChanceLetters.complemented(symbol), new BitSet())
                        .clone();
                yield symbol.mark().isEmpty() ? own : complement(own);
            }
            case Power(Expr base, Symbol _) -> complement(of(base));
            case Application(Symbol _, List<Expr> own) -> {
                BitSet set = new BitSet(size);
                own.forEach(member -> set.set(members.getOrDefault(Shape.of(member), 0)));
                yield set;
            }
            case Call(Function function, List<Expr> parts) -> {
                BitSet whole = of(parts.getFirst());
                for (Expr part : parts.subList(1, parts.size())) {
                    switch (function) {
                        case UNION -> whole.or(of(part));
                        case INTERSECTION -> whole.and(of(part));
                        default -> throw new NotTestable();
                    }
                }
                yield function == Function.CONJUGATE ? complement(whole) : whole;
            }
            default -> throw new NotTestable();
        };
    }

    private BitSet complement(BitSet set) {
        if (!members.isEmpty()) {
            // Of what the complement is, is not told.
            throw new NotTestable();
        }
        set.flip(0, size);
        return set;
    }

    /** A single member in the sets that hold the first region in which the sides differ. */
    private Outcome differs(BitSet left, BitSet right, Set<String> names) {
        if (!members.isEmpty()) {
            return new Differs(new TreeMap<>(), shown(left), shown(right));
        }
        BitSet apart = (BitSet) left.clone();
        apart.xor(right);
        int region = apart.nextSetBit(0);
        SortedMap<String, String> values = new TreeMap<>();
        for (String name : names) {
            BitSet own = letters.getOrDefault(name, new BitSet());
            values.put(name, own.get(region) ? "{1}" : "{}");
        }
        return new Differs(values, left.get(region) ? "{1}" : "{}", right.get(region) ? "{1}" : "{}");
    }

    private String shown(BitSet set) {
        return members.entrySet().stream()
                .filter(member -> set.get(member.getValue()))
                .map(member -> Spelling.of(member.getKey()))
                .sorted()
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
