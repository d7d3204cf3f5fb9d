package phifleet.equations.ast;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An expression. Immutable, equal by structure, safe to share between threads.
 *
 * <p>The parser's normal shape, on which readers may rely: {@link Sum} and {@link Product} are flat (no Sum directly in
 * a Sum, no Product directly in a Product) and have at least two members; subtraction is a {@link Negation} inside a
 * Sum; a sign before a product stands outside it ({@code -a*b} is {@code Negation(Product(a, b))}); {@code a/b*c} is
 * {@code Product(Quotient(a, b), c)}. Nothing is evaluated, reordered or cancelled.
 */
public sealed interface Expr {

    /**
     * A decimal number as written: {@code 2.50} keeps scale 2. Exact; a fraction such as ½ is a {@link Quotient}.
     *
     * @param value the number; its scale is at most 5,000 in absolute value
     */
    record Num(BigDecimal value) implements Expr {
        private static final int MAX_SCALE = 5_000;

        public Num {
            if (Math.abs(value.scale()) > MAX_SCALE) {
                throw new IllegalArgumentException("number with scale " + value.scale() + ", at most " + MAX_SCALE);
            }
        }

        public static Num of(long value) {
            return new Num(BigDecimal.valueOf(value));
        }

        public static Num of(BigInteger value) {
            return new Num(new BigDecimal(value));
        }

        /** Whether it was written without a decimal point, and has no fraction. */
        public boolean isInteger() {
            return value.scale() <= 0;
        }

        /** Such an integer, where it is no further from 0 than {@code most}: {@code 21e9} has two digits, and is large. */
        public OptionalInt integer(int most) {
            return isInteger() && value.abs().compareTo(BigDecimal.valueOf(most)) <= 0
                    ? OptionalInt.of(value.intValueExact())
                    : OptionalInt.empty();
        }

        /** Whether the value equals {@code n}, however it was written. */
        public boolean is(long n) {
            return value.compareTo(BigDecimal.valueOf(n)) == 0;
        }
    }

    /** A mathematical constant that cannot be mistaken for a variable. */
    enum Constant implements Expr {
        PI,
        /** Euler's number. The letter {@code e} alone is parsed as a {@link Symbol}: it may be a charge. */
        E,
        /** The imaginary unit. The letters {@code i}, {@code j}, {@code I} alone are parsed as symbols. */
        I,
        /** The golden ratio (1 + √5)/2. The letter φ alone is parsed as a {@link Symbol}. */
        GOLDEN,
        INFINITY
    }

    /**
     * A named quantity.
     *
     * @param base the letter or word; Greek letters by their Latin name, {@code ε} and {@code \varepsilon} both
     *     {@code epsilon}, capitals as {@code Omega}; {@code hbar} likewise; ℓ is {@code l}
     * @param subscript empty, or the subscript without braces, commas and spaces: {@code max}, {@code 1}, {@code Vm}
     * @param mark empty, or what decorates the letter: primes, {@code hat}, {@code bar}, {@code tilde}
     * @param vector whether it was written as a vector; see {@link #plain()}
     */
    record Symbol(String base, String subscript, String mark, boolean vector) implements Expr, Comparable<Symbol> {
        public static Symbol of(String base) {
            return new Symbol(base, "", "", false);
        }

        public static Symbol of(String base, String subscript) {
            return new Symbol(base, subscript, "", false);
        }

        /** The same symbol without the vector flag. */
        public Symbol plain() {
            return vector ? new Symbol(base, subscript, mark, false) : this;
        }

        /** The canonical ASCII name: {@code epsilon_0}, {@code x'}, {@code v_max}, {@code x_hat}. */
        public String name() {
            String marked = mark.isEmpty() ? base : mark.startsWith("'") ? base + mark : base + "_" + mark;
            if (subscript.isEmpty()) {
                return marked;
            }
            boolean plain = subscript.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
            return marked + "_" + (plain ? subscript : "{" + subscript + "}");
        }

        @Override
        public int compareTo(Symbol other) {
            int byName = name().compareTo(other.name());
            return byName != 0 ? byName : Boolean.compare(vector, other.vector);
        }
    }

    /**
     * A number with a unit: {@code 5 km}, {@code 9.81 m/s^2}, {@code 90°}.
     *
     * @param unit as written, in the unit parser's spelling ({@code m/s^2}, {@code deg}, {@code Gyr})
     */
    record Quantity(Num number, String unit) implements Expr {}

    record Sum(List<Expr> terms) implements Expr {
        public Sum {
            terms = atLeast(2, terms);
        }
    }

    record Product(List<Expr> factors) implements Expr {
        public Product {
            factors = atLeast(2, factors);
        }
    }

    record Quotient(Expr numerator, Expr denominator) implements Expr {}

    /** {@code base^exponent}. A written root is a {@link Call} of {@link Function#SQRT} or {@link Function#ROOT}. */
    record Power(Expr base, Expr exponent) implements Expr {}

    record Negation(Expr operand) implements Expr {}

    /** {@code ±operand} ({@code ∓} with {@code upperIsPlus} false): two readings, upper signs and lower signs. */
    record PlusMinus(Expr operand, boolean upperIsPlus) implements Expr {}

    /** A known function of as many arguments as {@link Function} allows. */
    record Call(Function function, List<Expr> arguments) implements Expr {
        public Call {
            arguments = atLeast(1, arguments);
            if (!function.takes(arguments.size())) {
                throw new IllegalArgumentException(function.spelling() + " of " + arguments.size() + " arguments");
            }
        }

        public static Call of(Function function, Expr... arguments) {
            return new Call(function, List.of(arguments));
        }

        /** The first, often only, argument. */
        public Expr argument() {
            return arguments.getFirst();
        }
    }

    /** An unknown function or a quantity that depends on others: {@code f(x)}, {@code E(t)}, {@code T(r, t)}. */
    record Application(Symbol head, List<Expr> arguments) implements Expr {
        public Application {
            arguments = atLeast(1, arguments);
        }
    }

    /**
     * A derivative.
     *
     * @param operand what is differentiated: usually an {@link Application} or a {@link Symbol}
     * @param variables by which, at least one; {@code ∂²u/∂x∂y} has two
     * @param partial whether it is written with ∂
     */
    record Derivative(Expr operand, List<By> variables, boolean partial) implements Expr {
        public Derivative {
            variables = List.copyOf(variables);
            if (variables.isEmpty()) {
                throw new IllegalArgumentException("a derivative by nothing");
            }
        }

        /**
         * One differentiation.
         *
         * @param variable usually a {@link Symbol}, sometimes an {@link Application}
         * @param order at least 1
         */
        public record By(Expr variable, int order) {}

        /** The sum of the orders. */
        public int order() {
            return variables.stream().mapToInt(By::order).sum();
        }
    }

    /** An integral, innermost range first: {@code ∫∫ f dx dy} has the ranges x, y. */
    record Integral(Expr integrand, List<Range> ranges) implements Expr {
        public Integral {
            ranges = List.copyOf(ranges);
            if (ranges.isEmpty()) {
                throw new IllegalArgumentException("an integral over nothing");
            }
        }

        /** Whether each of its variables goes from one bound to another. */
        public boolean isBounded() {
            return ranges.stream().allMatch(Range::isBounded);
        }
    }

    /** A sum Σ or product ∏ over an index, bounded or not. */
    record Series(Series.Kind kind, Expr body, Range index) implements Expr {
        public enum Kind {
            SUM,
            PRODUCT
        }
    }

    /** {@code lim} of {@code body} as {@code variable} goes to {@code target}, from a side or from both. */
    record Limit(Expr body, Expr variable, Expr target, Side side) implements Expr {
        public enum Side {
            BOTH,
            ABOVE,
            BELOW
        }

        public Limit(Expr body, Expr variable, Expr target) {
            this(body, variable, target, Side.BOTH);
        }
    }

    /** Gradient, divergence, curl or Laplacian. */
    record Nabla(Nabla.Kind kind, Expr operand) implements Expr {
        public enum Kind {
            GRAD,
            DIV,
            CURL,
            LAPLACIAN
        }
    }

    /** The scalar or the vector product of two vectors. */
    record VectorProduct(VectorProduct.Kind kind, Expr left, Expr right) implements Expr {
        public enum Kind {
            DOT,
            CROSS
        }
    }

    /** Rows of equal length; a column vector has rows of one. */
    record Matrix(List<List<Expr>> rows) implements Expr {
        public Matrix {
            rows = rows.stream().map(row -> atLeast(1, row)).toList();
            int width = atLeast(1, rows).getFirst().size();
            if (rows.stream().anyMatch(row -> row.size() != width)) {
                throw new IllegalArgumentException("matrix rows of unequal length");
            }
        }
    }

    /** Values by condition; the first whose condition holds counts, one without condition always does. */
    record Piecewise(List<Branch> branches) implements Expr {
        public Piecewise {
            branches = List.copyOf(branches);
            if (branches.isEmpty()) {
                throw new IllegalArgumentException("a case distinction without cases");
            }
        }

        public record Branch(Expr value, Statement.@Nullable Relation condition) {}
    }

    /**
     * What an integral, sum or product runs over.
     *
     * @param variable usually a {@link Symbol}
     * @param lower the lower bound, if given
     * @param upper the upper bound, if given
     */
    record Range(
            Expr variable, @Nullable Expr lower, @Nullable Expr upper) {
        public boolean isBounded() {
            return lower != null && upper != null;
        }
    }

    /** The direct parts of this expression, in written order; bounds, variables and conditions count. */
    default List<Expr> children() {
        return Trees.children(this);
    }

    private static <T> List<T> atLeast(int count, List<T> members) {
        List<T> copy = List.copyOf(Objects.requireNonNull(members));
        if (copy.size() < count) {
            throw new IllegalArgumentException(copy.size() + " members, at least " + count);
        }
        return copy;
    }
}
