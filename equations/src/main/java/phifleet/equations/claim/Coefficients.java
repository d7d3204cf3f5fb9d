package phifleet.equations.claim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import phifleet.equations.ast.Expr;

/**
 * Whether the terms of a sum make the other side with other numbers before them, {@code cos 3x = 3 cos³x − 4 cos x}: the numbers that are
 * right are found as the solution of a linear system at some points, and held against it at one more.
 */
final class Coefficients {
    /** Terms, at most: at one point more than these the sides are compared. */
    private static final int MAX_TERMS = 3;

    private static final double SAME = 1e-9;

    private Coefficients() {}

    /**
     * Whether one number is wrong, or the right ones are those that are written, in another order or with other signs.
     *
     * @param other the values of the other side
     * @param values the values of an expression at the same points
     */
    static boolean areMistaken(Expr side, List<Double> other, Function<Expr, List<Double>> values) {
        List<Expr> terms = terms(side);
        if (terms.size() < 2 || terms.size() > Math.min(MAX_TERMS, other.size() - 1)) {
            return false;
        }
        double[] right = solved(terms.stream().map(values).toList(), other);
        if (right.length == 0 || Arrays.stream(right).anyMatch(one -> Math.abs(one) < SAME)) {
            return false;
        }
        int wrong = 0;
        List<Double> written = new ArrayList<>();
        List<Double> found = new ArrayList<>();
        for (int i = 0; i < right.length; i++) {
            double number = Math.abs(number(terms.get(i)));
            wrong += same(right[i], 1) ? 0 : 1;
            written.add(number);
            found.add(Math.abs(number * right[i]));
        }
        written.sort(null);
        found.sort(null);
        boolean exchanged = true;
        for (int i = 0; i < right.length; i++) {
            exchanged &= same(written.get(i), found.get(i));
        }
        return wrong == 1 || (wrong > 1 && exchanged);
    }

    /** The terms of a sum, and of one that a number multiplies or divides. */
    private static List<Expr> terms(Expr side) {
        return switch (side) {
            case Expr.Sum(List<Expr> terms) -> terms;
            case Expr.Quotient(Expr above, Expr.Num below) ->
                terms(above).stream()
                        .<Expr>map(term -> new Expr.Quotient(term, below))
                        .toList();
            case Expr.Product(List<Expr> factors)
            when factors.size() == 2 && factors.getFirst() instanceof Expr.Num number ->
                terms(factors.getLast()).stream()
                        .<Expr>map(term -> new Expr.Product(List.of(number, term)))
                        .toList();
            default -> List.of(side);
        };
    }

    /** By what each term is to be multiplied; empty where there is nothing that fits everywhere. */
    private static double[] solved(List<List<Double>> terms, List<Double> other) {
        int size = terms.size();
        double[][] rows = new double[size][size + 1];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                rows[i][j] = terms.get(j).get(i);
            }
            rows[i][size] = other.get(i);
        }
        for (int i = 0; i < size; i++) {
            int pivot = i;
            for (int k = i + 1; k < size; k++) {
                pivot = Math.abs(rows[k][i]) > Math.abs(rows[pivot][i]) ? k : pivot;
            }
            double[] swapped = rows[i];
            rows[i] = rows[pivot];
            rows[pivot] = swapped;
            if (!(Math.abs(rows[i][i]) > SAME)) {
                return new double[0];
            }
            for (int k = 0; k < size; k++) {
                double factor = k == i ? 0 : rows[k][i] / rows[i][i];
                for (int j = i; j <= size && factor != 0; j++) {
                    rows[k][j] -= factor * rows[i][j];
                }
            }
        }
        double[] right = new double[size];
        for (int i = 0; i < size; i++) {
            right[i] = rows[i][size] / rows[i][i];
        }
        for (int point = size; point < other.size(); point++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += right[j] * terms.get(j).get(point);
            }
            if (!same(sum, other.get(point))) {
                return new double[0];
            }
        }
        return right;
    }

    private static boolean same(double a, double b) {
        return Math.abs(a - b) <= 1e3 * SAME * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }

    /** The number before a term. */
    private static double number(Expr term) {
        return switch (term) {
            case Expr.Num number -> number.value().doubleValue();
            case Expr.Negation(Expr operand) -> -number(operand);
            case Expr.Product(List<Expr> factors) ->
                factors.stream().mapToDouble(Coefficients::numeral).reduce(1, (a, b) -> a * b);
            case Expr.Quotient(Expr above, Expr below) -> number(above) / numeral(below);
            default -> 1;
        };
    }

    private static double numeral(Expr factor) {
        return factor instanceof Expr.Num number ? number.value().doubleValue() : 1;
    }
}
