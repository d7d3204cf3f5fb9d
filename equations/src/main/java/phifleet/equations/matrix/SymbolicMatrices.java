package phifleet.equations.matrix;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
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
    private static final int TRIES = 8;
    /** Steps of the budget for one sample. */
    private static final int STEPS = 1_000;
    /** The first sample is for people to read. */
    private static final int SMALL = 3;

    private static final int WIDE = 20;
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
    private final SplittableRandom random;
    private final Budget budget;

    private SymbolicMatrices(Relation relation, MatrixLetters letters, long seed, Budget budget) {
        this.relation = relation;
        this.letters = letters;
        this.random = new SplittableRandom(seed);
        this.budget = budget;
    }

    /** Empty where the letters of the equation are no matrices. */
    public static Optional<SymbolicMatrices> of(Relation relation, long seed, Budget budget) {
        boolean tested = relation.sides().size() == 2
                && switch (relation.operators().getFirst()) {
                    case EQUAL, IDENTICAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
                    case APPROXIMATE, NOT_EQUAL, PROPORTIONAL, TENDS_TO -> false;
                };
        return tested
                ? MatrixLetters.of(relation).map(letters -> new SymbolicMatrices(relation, letters, seed, budget))
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
            return relation.isEquation() && !isOfRanks() ? tested() : compared();
        } catch (Grid.Unfit | TooComplex | ArithmeticException unfit) {
            return new Unknown();
        }
    }

    private record Sample(MatrixValue at, NumberMatrix left, NumberMatrix right) {
        boolean agrees() {
            boolean leftZero = isZero(left);
            boolean rightZero = isZero(right);
            return left.equals(right) || (leftZero && rightZero) || isOne(left, right) || isOne(right, left);
        }

        /** A 1 stands for the identity too. */
        private static boolean isOne(NumberMatrix number, NumberMatrix matrix) {
            return number.height() == 1
                    && number.width() == 1
                    && number.at(0, 0).equals(Gaussian.ONE)
                    && matrix.equals(NumberMatrix.identity(matrix.height()));
        }

        /** A 0 stands for the matrix of zeros too. */
        private static boolean isZero(NumberMatrix matrix) {
            return matrix.rows().stream().allMatch(row -> row.stream().allMatch(Gaussian::isZero));
        }
    }

    private Outcome tested() {
        int agreed = 0;
        Sample first = null;
        boolean constant = true;
        for (int size = SMALLEST; size <= LARGEST; size++) {
            for (int i = 0; i < SAMPLES; i++) {
                Sample sample = sample(size, null, size == SMALLEST && i == 0);
                boolean agrees = sample.agrees();
                if (!agrees && agreed >= SAMPLES) {
                    return new OfSize(size - 1);
                }
                if (!agrees && first == null) {
                    first = sample;
                }
                constant &= first == null || size > SMALLEST || isSame(first, sample);
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
        Sample against = null;
        for (int size = SMALLEST; size <= LARGEST; size++) {
            for (int i = 0; i < MANY_SAMPLES; i++) {
                Sample sample = sample(size, null, size == SMALLEST);
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

    private boolean holds(Sample sample) {
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

    private boolean isOfRanks() {
        return Trees.any(
                relation,
                node -> node instanceof Expr.Call call
                        && (call.function() == Function.RANK || call.function() == Function.NULLITY));
    }

    private static boolean isSame(Sample one, Sample other) {
        return one.left().equals(other.left()) && one.right().equals(other.right());
    }

    /** False for all values, a property of some, or an equation that is to be solved. */
    private Outcome differs(Sample at, boolean constant) {
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
            if (letters.holds(symbol) || isScalar(symbol)) {
                names.add(symbol.base() + MatrixLetters.index(symbol));
            }
        }
        return names;
    }

    /** Whether it is a number, not counting the n of n rows. */
    private boolean isScalar(Symbol symbol) {
        return !letters.holds(symbol)
                && !MatrixLetters.isSign(symbol, letters.transposing())
                && !symbol.name().equalsIgnoreCase("n")
                && !symbol.name().equals(MatrixLetters.IDENTITY)
                && !MatrixLetters.OPERATORS.contains(symbol.base());
    }

    private boolean holdsFor(MatrixClass one) {
        for (int size = SMALLEST; size < LARGEST; size++) {
            try {
                for (int i = 0; i < SAMPLES; i++) {
                    if (!sample(size, one, false).agrees()) {
                        return false;
                    }
                }
            } catch (Grid.Unfit unfit) {
                return false;
            }
        }
        return true;
    }

    private Sample sample(int size, @Nullable MatrixClass kind, boolean small) {
        Grid.Unfit last = null;
        for (int i = 0; i < TRIES; i++) {
            budget.spend(STEPS);
            try {
                MatrixValue at = point(size, kind, small);
                return new Sample(at, at.of(relation.left()), at.of(relation.right()));
            } catch (Grid.Unfit unfit) {
                last = unfit;
            }
        }
        throw java.util.Objects.requireNonNull(last);
    }

    private MatrixValue point(int size, @Nullable MatrixClass kind, boolean small) {
        int bound = small || kind != null ? SMALL : WIDE;
        boolean complex = relation.sides().stream().anyMatch(SymbolicMatrices::isComplex);
        Map<String, NumberMatrix> matrices = new HashMap<>();
        for (String name : letters.names()) {
            matrices.put(
                    name,
                    kind == null
                            ? any(size, () -> complex ? complex(bound) : real(bound))
                            : kind.of(size, () -> real(bound), () -> complex(bound)));
        }
        for (String name : letters.vectors()) {
            matrices.put(name, NumberMatrix.of(size, 1, (i, j) -> complex ? complex(bound) : real(bound)));
        }
        Map<String, Gaussian> scalars = new HashMap<>();
        for (Expr side : relation.sides()) {
            for (Symbol symbol : Trees.symbols(side)) {
                if (isScalar(symbol)) {
                    scalars.computeIfAbsent(symbol.name(), _ -> real(bound));
                }
            }
        }
        return new MatrixValue(letters, size, matrices, scalars, budget);
    }

    /** Of full rank, but where ranks are spoken of. */
    private NumberMatrix any(int size, Supplier<Gaussian> entry) {
        int rank = isOfRanks() ? random.nextInt(size + 1) : size;
        if (rank == size) {
            return MatrixClass.random(size, entry);
        }
        if (random.nextBoolean()) {
            // In general position kernels and images never meet.
            return NumberMatrix.of(size, size, (i, j) -> random.nextInt(3) == 0 ? entry.get() : Gaussian.ZERO);
        }
        NumberMatrix zero = NumberMatrix.of(size, size, (i, j) -> Gaussian.ZERO);
        NumberMatrix tall = NumberMatrix.of(size, size, (i, j) -> j < rank ? entry.get() : Gaussian.ZERO);
        NumberMatrix wide = NumberMatrix.of(size, size, (i, j) -> i < rank ? entry.get() : Gaussian.ZERO);
        return rank == 0 ? zero : tall.times(wide);
    }

    private static boolean isComplex(Expr side) {
        return Trees.any(
                side,
                node -> (node instanceof Symbol symbol && symbol.mark().equals(MatrixLetters.DAGGER))
                        || (node instanceof Expr.Application application
                                && application.head().base().equals("adjoint")));
    }

    /** Not 0. */
    private Gaussian real(int bound) {
        return Gaussian.of((random.nextBoolean() ? 1 : -1) * (1 + random.nextLong(bound)), 0);
    }

    private Gaussian complex(int bound) {
        return Gaussian.of((random.nextBoolean() ? 1 : -1) * (1 + random.nextLong(bound)), 1 + random.nextLong(bound));
    }
}
