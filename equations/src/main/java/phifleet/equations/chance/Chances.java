package phifleet.equations.chance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Rational;
import phifleet.equations.exact.TooComplex;

/**
 * Tests an equation of means, variances and probabilities, {@code Var(X) = E[X²] - E[X]²}, in random finite sample spaces, exactly. One in which
 * the sides differ refutes it. That they agree in all is no proof, but a false identity hardly agrees in {@value #SAMPLES} of them.
 */
public final class Chances {
    private static final int SAMPLES = 24;
    private static final int TRIES = 20;
    /** Outcomes of a space in which anything may depend on anything. */
    private static final int OUTCOMES = 7;
    /** Outcomes for each letter of a space in which nothing depends on anything else. */
    private static final int OWN_OUTCOMES = 3;
    /** Letters of such a space, at most. */
    private static final int MAX_INDEPENDENT = 4;

    private static final int VALUES = 4;
    /** Steps of the budget for a sample space, and for each part of the equation in it. */
    private static final int STEPS = 400;

    private static final int STEPS_PER_NODE = 20;

    /** What was found. */
    public sealed interface Outcome {}

    /** Both sides agree in all spaces that were tried. */
    public record Agreed(int samples) implements Outcome {}

    /** They agree where the random quantities or events are so, and not elsewhere. */
    public record OnlyWhere(String what) implements Outcome {}

    /** They differ where these have these values or probabilities. */
    public record Differs(SortedMap<String, String> values, String left, String right) implements Outcome {}

    /** It cannot be tested, or is no claim for all. */
    public record Unknown() implements Outcome {}

    private enum Kind {
        ANY,
        INDEPENDENT,
        EXCLUSIVE
    }

    private final Relation relation;
    private final ChanceLetters letters;
    private final SplittableRandom random;
    private final Budget budget;
    private final int nodes;

    private Chances(Relation relation, ChanceLetters letters, long seed, Budget budget) {
        this.relation = relation;
        this.letters = letters;
        this.random = new SplittableRandom(seed);
        this.budget = budget;
        this.nodes = relation.sides().stream().mapToInt(Trees::nodeCount).sum();
    }

    /** Tests it; empty where it is no equation of means or probabilities. */
    public static Optional<Outcome> test(Relation relation, long seed, Budget budget) {
        if (!relation.isEquation()) {
            return Optional.empty();
        }
        try {
            ChanceLetters letters = ChanceLetters.of(relation);
            return letters.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Chances(relation, letters, seed, budget).tested());
        } catch (NotTestable | TooComplex | ArithmeticException e) {
            return Optional.of(new Unknown());
        }
    }

    private record Sample(SampleSpace space, Rational left, Rational right) {
        boolean agrees() {
            return left.equals(right);
        }
    }

    private Outcome tested() {
        Sample against = against(Kind.ANY);
        if (against == null) {
            return new Agreed(SAMPLES);
        }
        boolean few = letters.count() > 1 && letters.count() <= MAX_INDEPENDENT && !holds(Function.COVARIANCE);
        if (few && against(Kind.INDEPENDENT) == null) {
            return new OnlyWhere(
                    letters.events().isEmpty()
                            ? "the random quantities are independent"
                            : "the events are independent");
        }
        boolean apart = letters.events().size() > 1 && !holds(Function.INTERSECTION) && !holds(Function.GIVEN);
        if (apart && against(Kind.EXCLUSIVE) == null) {
            return new OnlyWhere("the events exclude each other");
        }
        ChanceLetters left = ChanceLetters.of(relation.left());
        ChanceLetters right = ChanceLetters.of(relation.right());
        boolean number =
                (left.isEmpty() && isConstant(relation.right())) || (right.isEmpty() && isConstant(relation.left()));
        boolean claim = !left.isEmpty() && !right.isEmpty() && (isWithin(left, right) || isWithin(right, left));
        return claim || number ? differs(against) : new Unknown();
    }

    /** Whether it holds what is 0 of independent quantities or exclusive events: that it then holds says nothing. */
    private boolean holds(Function function) {
        return Trees.any(relation, node -> node instanceof Expr.Call call && call.function() == function);
    }

    /** Whether a side has one value whatever its letters are. */
    private boolean isConstant(Expr side) {
        SampleSpace first = space(Kind.ANY);
        SampleSpace other = space(Kind.ANY);
        SampleSpace third = space(Kind.ANY);
        return first.number(side).equals(other.number(side))
                && first.number(side).equals(third.number(side));
    }

    private static boolean isWithin(ChanceLetters few, ChanceLetters many) {
        return many.variables().containsAll(few.variables()) && many.events().containsAll(few.events());
    }

    /** A space in which the sides differ, or null where none was found. */
    private @Nullable Sample against(Kind kind) {
        for (int i = 0; i < SAMPLES; i++) {
            Sample sample = sample(kind);
            if (!sample.agrees()) {
                return sample;
            }
        }
        return null;
    }

    private Sample sample(Kind kind) {
        NotTestable last = null;
        for (int i = 0; i < TRIES; i++) {
            budget.spend(STEPS + (long) STEPS_PER_NODE * nodes);
            try {
                SampleSpace space = space(kind);
                return new Sample(space, space.number(relation.left()), space.number(relation.right()));
            } catch (NotTestable unlucky) {
                // A condition of probability 0; where it is for another reason, it is so again.
                last = unlucky;
            }
        }
        throw java.util.Objects.requireNonNull(last);
    }

    private SampleSpace space(Kind kind) {
        boolean product = kind == Kind.INDEPENDENT;
        int size = product ? power(OWN_OUTCOMES, letters.count()) : OUTCOMES;
        List<Rational> weights = product ? productWeights(size) : weights(size);
        Map<String, List<Rational>> variables = new HashMap<>();
        Map<String, List<Rational>> events = new HashMap<>();
        int axis = 0;
        for (String name : letters.variables()) {
            variables.put(name, byOutcome(size, product ? axis : -1, false));
            axis++;
        }
        int[] owner = random.ints(size, 0, letters.events().size() + 1).toArray();
        int own = 0;
        for (String name : letters.events()) {
            int index = own++;
            List<Rational> event = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                event.add(owner[i] == index ? Rational.ONE : Rational.ZERO);
            }
            events.put(name, kind == Kind.EXCLUSIVE ? event : byOutcome(size, product ? axis : -1, true));
            axis++;
        }
        Map<String, Rational> constants = new HashMap<>();
        relation.sides().forEach(side -> {
            for (Symbol symbol : Trees.symbols(side)) {
                constants.computeIfAbsent(symbol.name(), _ -> Rational.of(1 + random.nextInt(VALUES)));
            }
        });
        return new SampleSpace(weights, variables, events, constants);
    }

    /** Numbers by outcome: any, or by the digit of the outcome's number at {@code axis}. */
    private List<Rational> byOutcome(int size, int axis, boolean event) {
        List<Rational> own = new ArrayList<>();
        for (int i = 0; i < (axis < 0 ? size : OWN_OUTCOMES); i++) {
            own.add(Rational.of(event ? random.nextInt(2) : random.nextInt(2 * VALUES + 1) - VALUES));
        }
        if (axis < 0) {
            return own;
        }
        List<Rational> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(own.get(i / power(OWN_OUTCOMES, axis) % OWN_OUTCOMES));
        }
        return values;
    }

    private List<Rational> weights(int size) {
        int[] parts = random.ints(size, 1, 6).toArray();
        int total = java.util.stream.IntStream.of(parts).sum();
        return java.util.stream.IntStream.of(parts)
                .mapToObj(part -> Rational.of(part, total))
                .toList();
    }

    private List<Rational> productWeights(int size) {
        List<Rational> weights = new ArrayList<>(Collections.nCopies(size, Rational.ONE));
        for (int axis = 0; axis < letters.count(); axis++) {
            List<Rational> own = weights(OWN_OUTCOMES);
            for (int i = 0; i < size; i++) {
                weights.set(i, weights.get(i).times(own.get(i / power(OWN_OUTCOMES, axis) % OWN_OUTCOMES)));
            }
        }
        return weights;
    }

    private static int power(int base, int exponent) {
        int result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= base;
        }
        return result;
    }

    private Outcome differs(Sample at) {
        SortedMap<String, String> values = new TreeMap<>();
        at.space().variables().forEach((name, of) -> values.put(name, of.toString()));
        at.space().events().forEach((name, of) -> values.put(name, of.toString()));
        values.put("weights", at.space().weights().toString());
        return new Differs(values, at.left().toString(), at.right().toString());
    }
}
