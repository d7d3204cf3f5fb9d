package phifleet.equations.matrix;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/**
 * The letters of an equation that stand for matrices: the capitals where a determinant, a trace, a rank, a transpose or an adjoint of such is
 * written, a factorisation in its customary letters or a product with ⊗, and what stands by itself in a determinant.
 *
 * @param names of the matrices, without the identity
 * @param vectors the names of columns: small letters that are transposed somewhere
 * @param transposing whether a raised T is the sign of a transpose
 * @param sure whether the text is of matrices for sure; an inverse of a product of capitals alone, or one in another order, could be of numbers
 */
record MatrixLetters(SortedSet<String> names, SortedSet<String> vectors, boolean transposing, boolean sure) {
    static final String IDENTITY = "I";
    static final String DAGGER = "dagger";
    /** Names of operations that the grammar has as unknown functions. */
    static final Set<String> OPERATORS = Set.of("adjoint", "commutator", "anticommutator");

    private static final Set<Function> OF_MATRICES =
            EnumSet.of(Function.DETERMINANT, Function.TRACE, Function.RANK, Function.NULLITY);

    private static final String TRANSPOSE = "T";
    private static final String TOP = "top";

    /** Empty where the equation is not of matrices, or its matrices have entries. */
    static Optional<MatrixLetters> of(Relation relation) {
        boolean transposing = isTransposing(relation);
        boolean[] sure = {Factorisations.isOne(relation) || Factorisations.isInverseOf(relation)};
        boolean[] inverse = {false};
        boolean[] entries = {false};
        SortedSet<String> names = new TreeSet<>();
        SortedSet<String> vectors = new TreeSet<>();
        Trees.visit(relation, node -> {
            entries[0] |= node instanceof Expr.Matrix || node instanceof Expr.Quantity;
            switch (node) {
                case Symbol symbol
                when isCapital(symbol) && !isSign(symbol, transposing) -> {
                    names.add(symbol.base() + index(symbol));
                    sure[0] |= symbol.mark().equals(DAGGER);
                }
                case Call(Function function, List<Expr> arguments)
                when OF_MATRICES.contains(function) -> {
                    sure[0] |= holdsCapital(arguments.getFirst());
                    if (arguments.getFirst() instanceof Symbol symbol && !isCapital(symbol)) {
                        names.add(symbol.name());
                    }
                }
                case Power(Expr base, Symbol exponent)
                when transposing && isSign(exponent, true) -> {
                    sure[0] |= holdsCapital(base);
                    if (base instanceof Symbol symbol && !isCapital(symbol)) {
                        vectors.add(symbol.name());
                    }
                }
                case Application(Symbol head, List<Expr> arguments)
                when OPERATORS.contains(head.base()) -> sure[0] |= holdsCapital(arguments.getFirst());
                case Power(Product(List<Expr> factors), Negation(Num one))
                when one.is(1) ->
                    inverse[0] |= factors.stream().allMatch(f -> f instanceof Symbol symbol && isCapital(symbol));
                case Call(Function function, List<Expr> parts)
                when function == Function.TENSOR -> sure[0] |= parts.stream().allMatch(MatrixLetters::holdsCapital);
                case Product(List<Expr> factors) ->
                    sure[0] |= (transposing && isInner(factors)) || Factorisations.isSimilarity(factors);
                default -> {}
            }
        });
        inverse[0] |= Factorisations.isReordered(relation);
        names.remove(IDENTITY);
        boolean fits = !entries[0] && (!names.isEmpty() || !vectors.isEmpty()) && (sure[0] || inverse[0]);
        return fits ? Optional.of(new MatrixLetters(names, vectors, transposing, sure[0])) : Optional.empty();
    }

    /** Whether the T of the text stands nowhere but raised by itself, on what no power of a number would be taken of. */
    private static boolean isTransposing(Relation relation) {
        Map<String, Integer> all = new HashMap<>();
        int[] raised = {0};
        Trees.visit(relation, node -> {
            if (node instanceof Symbol symbol && isSign(symbol, true)) {
                all.merge(TRANSPOSE, 1, Integer::sum);
            } else if (node instanceof Power(Expr base, Symbol exponent)
                    && isSign(exponent, true)
                    && !(base instanceof Num)
                    && !base.equals(Expr.Constant.E)
                    && !base.equals(Symbol.of("e"))) {
                raised[0]++;
            }
        });
        return raised[0] > 0 && all.getOrDefault(TRANSPOSE, 0) == raised[0];
    }

    /** Whether it is a number, not counting the n of n rows. */
    boolean isScalar(Symbol symbol) {
        return !holds(symbol)
                && !isSign(symbol, transposing)
                && !symbol.name().equalsIgnoreCase("n")
                && !symbol.name().equals(IDENTITY)
                && !OPERATORS.contains(symbol.base());
    }

    /** Whether a symbol is the sign of a transpose. */
    static boolean isSign(Symbol symbol, boolean transposing) {
        return transposing && (symbol.name().equals(TRANSPOSE) || symbol.name().equals(TOP));
    }

    /** Whether a transposed column stands before another one: {@code x^T y}. */
    private static boolean isInner(List<Expr> factors) {
        for (int i = 0; i + 1 < factors.size(); i++) {
            boolean row = factors.get(i) instanceof Power(Symbol _, Symbol sign) && isSign(sign, true);
            boolean symbol = factors.get(i + 1) instanceof Symbol;
            if (row && symbol) {
                return true;
            }
        }
        return false;
    }

    /** What tells a letter from the same one with another index. */
    static String index(Symbol symbol) {
        return symbol.subscript().isEmpty() ? "" : "_" + symbol.subscript();
    }

    private static boolean holdsCapital(Expr expr) {
        return Trees.symbols(expr).stream().anyMatch(MatrixLetters::isCapital);
    }

    /** A capital letter, which may be an adjoint. */
    static boolean isCapital(Symbol symbol) {
        boolean plain = symbol.mark().isEmpty() || symbol.mark().equals(DAGGER);
        boolean latin = symbol.base().length() == 1
                && Character.isUpperCase(symbol.base().charAt(0));
        boolean greek = symbol.base().equals("Lambda")
                || symbol.base().equals("Sigma")
                || symbol.base().equals("Phi");
        return plain && (latin || greek);
    }

    /** Whether a symbol stands for one of the matrices or columns. */
    boolean holds(Symbol symbol) {
        return vectors.contains(symbol.name())
                || names.contains(symbol.base() + index(symbol))
                || names.contains(symbol.name());
    }
}
