package phifleet.equations.exact;

import java.math.BigInteger;
import java.util.List;
import phifleet.equations.ast.Expr;

/**
 * What a {@link Monomial} multiplies: something that the normal form does not take apart any further.
 *
 * <p>Equal and ordered by {@link #key}, which spells out the whole content; numbers come first in the order.
 */
public sealed interface Kernel extends Comparable<Kernel> {

    /** A spelling that differs for different kernels. */
    String key();

    /** Whether its value is a number, whatever values symbols have. */
    boolean isNumber();

    /** The kernel of a symbol. */
    static Kernel named(String name) {
        return new Named(name);
    }

    @Override
    default int compareTo(Kernel other) {
        return key().compareTo(other.key());
    }

    /** −1, with an exponent in [0, 1): exponent 1/2 is the imaginary unit, 1/3 the cube root of −1 at 60°. */
    record MinusOne() implements Kernel {
        @Override
        public String key() {
            return "#-1";
        }

        @Override
        public boolean isNumber() {
            return true;
        }
    }

    /** A prime number, with an exponent in (0, 1): the positive real root. */
    record Prime(BigInteger value) implements Kernel {
        @Override
        public String key() {
            return "#" + value;
        }

        @Override
        public boolean isNumber() {
            return true;
        }
    }

    /** π, Euler's number, or infinity taken as a name. */
    record MathConstant(Expr.Constant constant) implements Kernel {
        @Override
        public String key() {
            return "$" + constant;
        }

        @Override
        public boolean isNumber() {
            return constant != Expr.Constant.INFINITY;
        }
    }

    /**
     * A symbol.
     *
     * @param name its canonical ASCII name
     */
    record Named(String name) implements Kernel {
        @Override
        public String key() {
            return name;
        }

        @Override
        public boolean isNumber() {
            return false;
        }
    }

    /** e to the power of {@code exponent}; a rational exponent q of this kernel means e to the power of q times {@code exponent}. */
    record Exponential(Fraction exponent, String key) implements Kernel {
        static Exponential of(Fraction exponent) {
            return new Exponential(exponent, "~exp(" + exponent.key() + ")");
        }

        @Override
        public boolean isNumber() {
            return exponent.isNumber();
        }

        @Override
        public boolean equals(Object object) {
            return object instanceof Exponential other && key.equals(other.key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /** A base that is no monomial, with an exponent in (0, 1): the principal root. */
    record Radicand(Fraction base, String key) implements Kernel {
        static Radicand of(Fraction base) {
            return new Radicand(base, "~root(" + base.key() + ")");
        }

        @Override
        public boolean isNumber() {
            return base.isNumber();
        }

        @Override
        public boolean equals(Object object) {
            return object instanceof Radicand other && key.equals(other.key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /**
     * A function, known or unknown, of arguments in normal form; derivatives, integrals and the like under a name of their own.
     *
     * @param head the function's canonical spelling
     */
    record Applied(String head, List<Fraction> arguments, String key) implements Kernel {
        static Applied of(String head, List<Fraction> arguments) {
            StringBuilder key = new StringBuilder("~").append(head).append('(');
            for (Fraction argument : arguments) {
                argument.spell(key);
                key.append(',');
            }
            return new Applied(head, List.copyOf(arguments), key.append(')').toString());
        }

        /** The first, often only, argument. */
        public Fraction argument() {
            return arguments.getFirst();
        }

        @Override
        public boolean isNumber() {
            return arguments.stream().allMatch(Fraction::isNumber);
        }

        @Override
        public boolean equals(Object object) {
            return object instanceof Applied other && key.equals(other.key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }
}
