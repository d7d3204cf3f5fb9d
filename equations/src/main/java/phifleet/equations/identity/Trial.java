package phifleet.equations.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apfloat.Apcomplex;
import org.apfloat.Apfloat;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;

/** Two sides made ready for evaluation, and their comparison at a point. */
final class Trial {
    /** Digits of a replay. */
    static final int DIGITS = 40;
    /** Digits of a second look, which tells rounding from a true difference. */
    private static final int MORE_DIGITS = 75;
    /** A difference with so many good digits is no rounding. */
    private static final int CLEAR_DIGITS = 15;
    /** Error bounds above this size tell nothing. */
    private static final double BLUNT = 1e-7;
    /** Steps that one evaluation with many digits counts as. */
    private static final long PRECISE_STEPS = 500;

    private final List<String> names;
    private final Expr left;
    private final Expr right;
    private final Map<String, Integer> slots;
    private final Code<Ball> leftCode;
    private final Code<Ball> rightCode;
    private final Budget budget;
    private final long steps;

    /** What a point tells. */
    enum Finding {
        EQUAL,
        DIFFERENT,
        /** The error bounds are too wide. */
        BLURRED,
        /** A side has no value there. */
        UNCLEAR
    }

    /**
     * For two sides over named symbols.
     *
     * @throws Unsupported where a side has no numeric meaning
     */
    Trial(Expr left, Expr right, List<String> names, Budget budget) {
        this.left = left;
        this.right = right;
        this.names = names;
        this.budget = budget;
        this.steps = Trees.nodeCount(left) + (long) Trees.nodeCount(right);
        this.slots = new HashMap<>();
        names.forEach(name -> slots.put(name, slots.size()));
        Compiler<Ball> compiler = new Compiler<>(new BallArithmetic(), slots, budget);
        this.leftCode = compiler.compile(left);
        this.rightCode = compiler.compile(right);
    }

    Finding at(SamplePoint point) {
        budget.spend(steps);
        try {
            List<Ball> values = point.balls();
            return compare(leftCode.at(values), rightCode.at(values));
        } catch (Undefined e) {
            return Finding.UNCLEAR;
        }
    }

    private static Finding compare(Ball left, Ball right) {
        double rounding = Ball.UNIT * (left.abs() + right.abs());
        double error = left.error() + right.error() + rounding;
        double distance = left.minus(right).abs();
        double size = Math.max(1, Math.max(left.abs(), right.abs()));
        if (!(error < BLUNT * size)) {
            return distance > 8 * error ? Finding.DIFFERENT : Finding.BLURRED;
        }
        return distance > 8 * error ? Finding.DIFFERENT : distance <= 4 * error ? Finding.EQUAL : Finding.BLURRED;
    }

    /** The two sides with many digits, and their difference. */
    private record Precise(Apcomplex left, Apcomplex right, Apcomplex difference) {}

    private Precise precisely(SamplePoint point, int digits) {
        budget.spend(PRECISE_STEPS + 100 * steps);
        PreciseArithmetic field = new PreciseArithmetic(digits);
        Compiler<Apcomplex> compiler = new Compiler<>(field, slots, budget);
        List<Apcomplex> values = point.in(field);
        Apcomplex leftValue = compiler.compile(left).at(values);
        Apcomplex rightValue = compiler.compile(right).at(values);
        return new Precise(leftValue, rightValue, leftValue.subtract(rightValue));
    }

    /** The comparison at {@code point} with many digits; slow, and sure. */
    Finding preciselyAt(SamplePoint point) {
        try {
            return tell(precisely(point, DIGITS), point);
        } catch (Undefined e) {
            return Finding.UNCLEAR;
        }
    }

    private Finding tell(Precise first, SamplePoint point) {
        if (isZero(first.difference())) {
            return Finding.EQUAL;
        }
        if (goodDigits(first.difference()) >= CLEAR_DIGITS) {
            return Finding.DIFFERENT;
        }
        Precise second = precisely(point, MORE_DIGITS);
        if (isZero(second.difference())) {
            return Finding.EQUAL;
        }
        // What is left of a cancellation shrinks with the digits; a true difference stays.
        long shrunk = first.difference().scale() - second.difference().scale();
        return shrunk >= (MORE_DIGITS - DIGITS) / 2
                ? Finding.EQUAL
                : Math.abs(shrunk) <= 1 ? Finding.DIFFERENT : Finding.UNCLEAR;
    }

    /** The difference at {@code point} as a counter-example, where it is still there with many digits. */
    Optional<Counterexample> replay(SamplePoint point) {
        try {
            Precise precise = precisely(point, DIGITS);
            if (tell(precise, point) != Finding.DIFFERENT) {
                return Optional.empty();
            }
            return Optional.of(new Counterexample(
                    point.named(names),
                    text(precise.left()),
                    text(precise.right()),
                    text(precise.difference()),
                    DIGITS));
        } catch (Undefined e) {
            return Optional.empty();
        }
    }

    /** Significant digits that survived the subtraction, in the larger part. */
    private static long goodDigits(Apcomplex value) {
        boolean realIsLarger = value.imag().signum() == 0
                || (value.real().signum() != 0
                        && value.real().scale() >= value.imag().scale());
        return realIsLarger ? value.real().precision() : value.imag().precision();
    }

    private static boolean isZero(Apcomplex value) {
        return value.real().signum() == 0 && value.imag().signum() == 0;
    }

    private static String text(Apcomplex value) {
        String real = text(value.real());
        if (value.imag().signum() == 0) {
            return real;
        }
        String imaginary = text(value.imag()) + "i";
        return value.real().signum() == 0 ? imaginary : real + (value.imag().signum() > 0 ? "+" : "") + imaginary;
    }

    private static String text(Apfloat value) {
        boolean plain = Math.abs(value.scale()) < 15;
        return value.precision(20).toString(plain);
    }
}
