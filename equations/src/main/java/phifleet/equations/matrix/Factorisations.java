package phifleet.equations.matrix;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/** Products that nobody writes of numbers: the customary letters of a factorisation, and a letter on both sides of another with its inverse. */
final class Factorisations {
    /** What is taken apart, with permutations beside it. */
    private static final Set<String> WHOLES = Set.of("A", "M", "PA", "AP", "PAQ");

    private static final Set<String> FACTORS =
            Set.of("LU", "LDU", "LDV", "QR", "RQ", "QL", "LQ", "UP", "PU", "QH", "CR", "CUR", "UL");

    private Factorisations() {}

    /** Whether it says that a matrix is taken apart: {@code A = LU}, {@code PA = LU}. */
    static boolean isOne(Relation relation) {
        return relation.isEquation()
                && ((WHOLES.contains(letters(relation.left())) && FACTORS.contains(letters(relation.right())))
                        || (WHOLES.contains(letters(relation.right())) && FACTORS.contains(letters(relation.left()))));
    }

    private static String letters(Expr side) {
        List<Expr> factors = Trees.factors(side);
        return factors.stream().allMatch(Factorisations::isLetter)
                ? factors.stream().map(factor -> ((Symbol) factor).base()).collect(Collectors.joining())
                : "";
    }

    private static boolean isLetter(Expr factor) {
        return factor instanceof Symbol symbol
                && symbol.mark().isEmpty()
                && symbol.subscript().isEmpty()
                && MatrixLetters.isCapital(symbol);
    }

    /** Whether a letter and its inverse stand around others, {@code P D P^{-1}}: of numbers they would cancel. */
    static boolean isSimilarity(List<Expr> factors) {
        if (!factors.stream().allMatch(Factorisations::isOfLetter)) {
            return false;
        }
        for (int i = 0; i + 2 < factors.size(); i++) {
            for (int j = i + 2; j < factors.size(); j++) {
                if (isInverse(factors.get(i), factors.get(j)) || isInverse(factors.get(j), factors.get(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the sides are the same capitals in another order, which of numbers would say nothing: {@code AB = BA}. */
    static boolean isReordered(Relation relation) {
        return relation.isEquation()
                && relation.left() instanceof Product(List<Expr> left)
                && relation.right() instanceof Product(List<Expr> right)
                && left.stream().allMatch(Factorisations::isLetter)
                && left.size() == right.size()
                && !left.equals(right)
                && left.containsAll(right)
                && right.containsAll(left);
    }

    private static boolean isOfLetter(Expr factor) {
        return switch (factor) {
            case Symbol symbol -> MatrixLetters.isCapital(symbol);
            case Power(Symbol symbol, Expr _) -> MatrixLetters.isCapital(symbol);
            default -> false;
        };
    }

    private static boolean isInverse(Expr letter, Expr inverse) {
        return inverse instanceof Power(Expr base, Negation(Num one)) && one.is(1) && base.equals(letter);
    }

    /** Whether a letter beside its inverse is said to be the identity: {@code A A^{-1} = I}. */
    static boolean isInverseOf(Relation relation) {
        return relation.isEquation()
                && (isIdentity(relation.left(), relation.right()) || isIdentity(relation.right(), relation.left()));
    }

    private static boolean isIdentity(Expr one, Expr other) {
        return one.equals(Symbol.of(MatrixLetters.IDENTITY))
                && other instanceof Product(List<Expr> factors)
                && factors.size() == 2
                && factors.stream().allMatch(Factorisations::isOfLetter)
                && (isInverse(factors.getFirst(), factors.getLast())
                        || isInverse(factors.getLast(), factors.getFirst()));
    }
}
