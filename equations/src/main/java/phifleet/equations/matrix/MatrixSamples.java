package phifleet.equations.matrix;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;

/** Random matrices of whole numbers for the letters of an equation, and what its sides are there. Used by one thread. */
final class MatrixSamples {
    private static final int TRIES = 8;
    /** Steps of the budget for one sample. */
    private static final int STEPS = 1_000;
    /** The greatest number in matrices that people read. */
    private static final int SMALL = 3;

    private static final int WIDE = 20;

    private final Relation relation;
    private final MatrixLetters letters;
    private final SplittableRandom random;
    private final Budget budget;
    private final boolean complex;
    private final boolean ofRanks;

    MatrixSamples(Relation relation, MatrixLetters letters, long seed, Budget budget) {
        this.relation = relation;
        this.letters = letters;
        this.random = new SplittableRandom(seed);
        this.budget = budget;
        this.complex = Trees.any(relation, MatrixSamples::isComplex);
        this.ofRanks = Trees.any(
                relation,
                node -> node instanceof Expr.Call call
                        && (call.function() == Function.RANK || call.function() == Function.NULLITY));
    }

    /** Whether ranks are spoken of: then matrices are of all ranks. */
    boolean areOfRanks() {
        return ofRanks;
    }

    /**
     * One more.
     *
     * @param kind of the matrices; null for any
     * @param small whether people are to read it
     * @throws Grid.Unfit where the sides have no value at any that was tried
     */
    MatrixSample next(int size, @Nullable MatrixClass kind, boolean small) {
        Grid.Unfit last = null;
        for (int i = 0; i < TRIES; i++) {
            budget.spend(STEPS);
            try {
                MatrixValue at = point(size, kind, small);
                return new MatrixSample(at, at.of(relation.left()), at.of(relation.right()));
            } catch (Grid.Unfit unfit) {
                last = unfit;
            }
        }
        throw Objects.requireNonNull(last);
    }

    private MatrixValue point(int size, @Nullable MatrixClass kind, boolean small) {
        int bound = small || kind != null ? SMALL : WIDE;
        Map<String, NumberMatrix> matrices = new HashMap<>();
        for (String name : letters.names()) {
            matrices.put(
                    name,
                    kind == null
                            ? any(size, () -> entry(bound))
                            : kind.of(size, () -> real(bound), () -> complex(bound)));
        }
        for (String name : letters.vectors()) {
            matrices.put(name, NumberMatrix.of(size, 1, (i, j) -> entry(bound)));
        }
        Map<String, Gaussian> scalars = new HashMap<>();
        for (Expr side : relation.sides()) {
            for (Symbol symbol : Trees.symbols(side)) {
                if (letters.isScalar(symbol)) {
                    scalars.computeIfAbsent(symbol.name(), _ -> real(bound));
                }
            }
        }
        return new MatrixValue(letters, size, matrices, scalars, budget);
    }

    /** Of full rank, but where ranks are spoken of. */
    private NumberMatrix any(int size, Supplier<Gaussian> entry) {
        int rank = ofRanks ? random.nextInt(size + 1) : size;
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

    private static boolean isComplex(Expr node) {
        return (node instanceof Symbol symbol && symbol.mark().equals(MatrixLetters.DAGGER))
                || (node instanceof Expr.Application application
                        && application.head().base().equals("adjoint"));
    }

    private Gaussian entry(int bound) {
        return complex ? complex(bound) : real(bound);
    }

    /** Not 0. */
    private Gaussian real(int bound) {
        return Gaussian.of((random.nextBoolean() ? 1 : -1) * (1 + random.nextLong(bound)), 0);
    }

    private Gaussian complex(int bound) {
        return Gaussian.of((random.nextBoolean() ? 1 : -1) * (1 + random.nextLong(bound)), 1 + random.nextLong(bound));
    }
}
