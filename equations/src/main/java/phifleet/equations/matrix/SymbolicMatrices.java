package phifleet.equations.matrix;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.TooComplex;

/**
 * Tests an equation in which letters stand for whole matrices, {@code tr(AB) = tr(BA)}, with random matrices of whole numbers, exactly.
 *
 * <p>A difference at one of them refutes it. Agreement at matrices of 2 to 4 rows is no proof, but a false identity would have to hold for
 * all matrices of these sizes but for a small share of chance at each (Schwartz and Zippel), and an identity of words that holds for n rows
 * holds for all sizes if its words have fewer than 2n letters (Amitsur and Levitzki).
 */
public final class SymbolicMatrices {
    private static final int SMALLEST = 2;
    private static final int LARGEST = 4;
    private static final int SAMPLES = 2;
    /** Samples of each size where ranks are random or one side is only larger. */
    private static final int MANY_SAMPLES = 8;
    /** How many rows there are. */
    private static final String SIZE = "n";

    /** What was found. */
    public sealed interface Outcome {}

    /** Both sides agree for all matrices that were tried. */
    public record Agreed(int samples) implements Outcome {}

    /** They agree for matrices of so many rows at most, and not for larger ones. */
    public record OfSize(int rows) implements Outcome {}

    /** It is a property that such matrices have and others have not. */
    public record Property(String adjective) implements Outcome {}

    /** They differ at these matrices. */
    public record Differs(SortedMap<String, String> values, String left, String right) implements Outcome {}

    /** It is about matrices, and what it says of them cannot be tested. */
    public record Unknown() implements Outcome {}

    private final Relation relation;
    private final MatrixLetters letters;
    private final MatrixSamples samples;

    private SymbolicMatrices(Relation relation, MatrixLetters letters, MatrixSamples samples) {
        this.relation = relation;
        this.letters = letters;
        this.samples = samples;
    }

    /** Empty where the letters of the equation are no matrices. */
    public static Optional<SymbolicMatrices> of(Relation relation, long seed, Budget budget) {
        boolean tested = relation.sides().size() == 2
                && switch (relation.operators().getFirst()) {
                    case EQUAL, IDENTICAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
                    case APPROXIMATE, NOT_EQUAL, PROPORTIONAL, TENDS_TO -> false;
                };
        return tested
                ? MatrixLetters.of(relation)
                        .map(letters -> new SymbolicMatrices(
                                relation, letters, new MatrixSamples(relation, letters, seed, budget)))
                : Optional.empty();
    }

    /** Whether a side is a letter that the other one does not hold, other than the identity. */
    public static boolean isDefinition(Relation relation) {
        return relation.isEquation() && isDefined(relation);
    }

    /** Whether it says that a matrix is taken apart, in the customary letters: {@code A = LU}. */
    public static boolean isFactorisation(Relation relation) {
        return Factorisations.isOne(relation);
    }

    private static boolean isDefined(Relation relation) {
        return defines(relation.left(), relation.right()) || defines(relation.right(), relation.left());
    }

    private static boolean defines(Expr side, Expr other) {
        return side instanceof Symbol symbol
                && !symbol.name().equals(MatrixLetters.IDENTITY)
                && !symbol.name().equals(SIZE)
                && Trees.symbols(other).stream()
                        .noneMatch(s ->
                                s.base().equals(symbol.base()) && s.subscript().equals(symbol.subscript()));
    }

    /** Whether nothing but matrices can be meant. */
    public boolean isSure() {
        return letters.sure();
    }

    public Outcome test() {
        try {
            return relation.isEquation() && !samples.areOfRanks() ? tested() : compared();
        } catch (Grid.Unfit | TooComplex | ArithmeticException unfit) {
            return new Unknown();
        }
    }

    private Outcome tested() {
        int agreed = 0;
        MatrixSample first = null;
        boolean constant = true;
        for (int size = SMALLEST; size <= LARGEST; size++) {
            for (int i = 0; i < SAMPLES; i++) {
                // The first is for people to read.
                MatrixSample sample = samples.next(size, null, size == SMALLEST && i == 0);
                boolean agrees = sample.agrees();
                if (!agrees && agreed >= SAMPLES) {
                    return new OfSize(size - 1);
                }
                if (!agrees && first == null) {
                    first = sample;
                }
                constant &= first == null || size > SMALLEST || sample.hasSidesOf(first);
                agreed += agrees ? 1 : 0;
            }
            if (first != null) {
                return differs(first, constant);
            }
        }
        return new Agreed(agreed);
    }

    /** Where it may hold by chance: for many matrices, of all ranks. */
    private Outcome compared() {
        int agreed = 0;
        MatrixSample against = null;
        for (int size = SMALLEST; size <= LARGEST; size++) {
            for (int i = 0; i < MANY_SAMPLES; i++) {
                MatrixSample sample = samples.next(size, null, size == SMALLEST);
                agreed += holds(sample) ? 1 : 0;
                against = against == null && !holds(sample) ? sample : against;
            }
        }
        if (against == null) {
            return new Agreed(agreed);
        }
        // Of one side alone it may be a property of some.
        boolean claim = agreed == 0
                || relation.sides().stream().noneMatch(side -> names(side).isEmpty());
        return claim ? differs(against, agreed == 0 || !relation.isEquation()) : new Unknown();
    }

    private boolean holds(MatrixSample sample) {
        NumberMatrix left = sample.left();
        NumberMatrix right = sample.right();
        return switch (relation.operators().getFirst()) {
            case EQUAL, IDENTICAL -> sample.agrees();
            case LESS -> MatrixValue.isLess(left, right);
            case GREATER -> MatrixValue.isLess(right, left);
            case LESS_OR_EQUAL -> !MatrixValue.isLess(right, left);
            case GREATER_OR_EQUAL -> !MatrixValue.isLess(left, right);
            case APPROXIMATE, NOT_EQUAL, PROPORTIONAL, TENDS_TO -> throw new Grid.Unfit("no order");
        };
    }

    /** False for all values, a property of some, or an equation that is to be solved. */
    private Outcome differs(MatrixSample at, boolean constant) {
        boolean sameLetters = names(relation.left()).equals(names(relation.right()));
        boolean single = letters.names().size() == 1
                && letters.vectors().isEmpty()
                && at.at().scalars().isEmpty()
                && (at.left().height() > 1 || at.right().height() > 1);
        if (single) {
            for (MatrixClass one : MatrixClass.values()) {
                if (holdsFor(one)) {
                    return new Property(one.adjective());
                }
            }
        }
        if (!sameLetters && !constant) {
            return new Unknown();
        }
        SortedMap<String, String> values = new TreeMap<>();
        at.at().matrices().forEach((name, matrix) -> values.put(name, matrix.toString()));
        at.at().scalars().forEach((name, value) -> values.put(name, value.toString()));
        return new Differs(values, shown(at.left()), shown(at.right()));
    }

    private static String shown(NumberMatrix value) {
        return value.height() == 1 && value.width() == 1 ? value.at(0, 0).toString() : value.toString();
    }

    /** Of the matrices and the numbers beside them. */
    private Set<String> names(Expr side) {
        Set<String> names = new TreeSet<>();
        for (Symbol symbol : Trees.symbols(side)) {
            if (letters.holds(symbol) || letters.isScalar(symbol)) {
                names.add(symbol.base() + MatrixLetters.index(symbol));
            }
        }
        return names;
    }

    private boolean holdsFor(MatrixClass one) {
        for (int size = SMALLEST; size < LARGEST; size++) {
            try {
                for (int i = 0; i < SAMPLES; i++) {
                    if (!samples.next(size, one, false).agrees()) {
                        return false;
                    }
                }
            } catch (Grid.Unfit unfit) {
                return false;
            }
        }
        return true;
    }
}
