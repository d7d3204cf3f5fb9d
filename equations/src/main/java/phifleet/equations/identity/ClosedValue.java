package phifleet.equations.identity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apfloat.Apcomplex;
import org.apfloat.Apfloat;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;

/**
 * The value of an expression without symbols, with 35 digits or more.
 *
 * @param re its real part
 * @param im its imaginary part, 0 for a real number
 */
public record ClosedValue(BigDecimal re, BigDecimal im) {
    private static final int DIGITS = 45;
    private static final MathContext KEPT = new MathContext(35);

    /** Empty where it has symbols, no value, or a value out of reach. */
    public static Optional<ClosedValue> of(Expr expr, Budget budget) {
        try {
            budget.spend(100L * Trees.nodeCount(expr));
            PreciseArithmetic field = new PreciseArithmetic(DIGITS);
            Apcomplex value =
                    new Compiler<>(field, Map.of(), budget).compile(expr).at(List.of());
            return Optional.of(new ClosedValue(decimal(value.real()), decimal(value.imag())));
        } catch (Unsupported | Undefined e) {
            return Optional.empty();
        }
    }

    private static BigDecimal decimal(Apfloat value) {
        if (Math.abs(value.scale()) > 5_000 && value.signum() != 0) {
            throw new Undefined("out of range");
        }
        return new BigDecimal(value.toString()).round(KEPT);
    }

    public boolean isReal() {
        return im.signum() == 0;
    }

    /** Fifteen significant digits. */
    public String text() {
        String real = text(re);
        return isReal() ? real : real + (im.signum() > 0 ? "+" : "") + text(im) + "i";
    }

    private static String text(BigDecimal value) {
        BigDecimal rounded = value.round(new MathContext(15)).stripTrailingZeros();
        return Math.abs(rounded.scale()) > 20 ? rounded.toString() : rounded.toPlainString();
    }
}
