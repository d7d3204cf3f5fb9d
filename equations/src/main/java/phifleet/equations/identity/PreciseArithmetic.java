package phifleet.equations.identity;

import java.math.BigDecimal;
import java.util.OptionalInt;
import org.apfloat.Apcomplex;
import org.apfloat.ApcomplexMath;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.apfloat.ApfloatRuntimeException;

/**
 * Many digits, for replays. Immutable; some 50 µs for a typical equation.
 *
 * <p>Apfloat carries the number of digits that are still good through every operation, so what is left of a full cancellation is 0.
 */
final class PreciseArithmetic implements Arithmetic<Apcomplex> {
    /** The largest exponent of a power that is multiplied out, and the largest argument of exp: they bound the work. */
    private static final long MAX_EXPONENT = 100_000;

    private final int digits;
    private final Apfloat pi;
    private final TaylorSeries series;

    /**
     * Of a given precision.
     *
     * @param digits decimal digits to calculate with
     */
    PreciseArithmetic(int digits) {
        this.digits = digits;
        this.pi = ApfloatMath.pi(digits);
        this.series = new TaylorSeries(digits);
    }

    private interface Step {
        Apcomplex run();
    }

    private static Apcomplex guarded(Step step) {
        try {
            return step.run();
        } catch (ApfloatRuntimeException | ArithmeticException | IllegalArgumentException e) {
            throw new Undefined("out of reach");
        }
    }

    @Override
    public long stepsOfNode() {
        return 100;
    }

    @Override
    public Apcomplex number(BigDecimal value) {
        return new Apfloat(value, digits);
    }

    @Override
    public Apcomplex integer(long value) {
        return new Apfloat(value, digits);
    }

    @Override
    public Apcomplex pi() {
        return pi;
    }

    @Override
    public Apcomplex euler() {
        return series.exp(new Apfloat(1, digits));
    }

    @Override
    public Apcomplex imaginaryUnit() {
        return new Apcomplex(Apfloat.ZERO, new Apfloat(1, digits));
    }

    @Override
    public Apcomplex plus(Apcomplex a, Apcomplex b) {
        return a.add(b);
    }

    @Override
    public Apcomplex times(Apcomplex a, Apcomplex b) {
        return a.multiply(b);
    }

    @Override
    public Apcomplex dividedBy(Apcomplex a, Apcomplex b) {
        return guarded(() -> a.divide(b));
    }

    @Override
    public Apcomplex negate(Apcomplex a) {
        return a.negate();
    }

    private static Apcomplex moderate(Apcomplex a) {
        if (a.scale() > 6) {
            throw new Undefined("out of range");
        }
        return a;
    }

    /** Refuses what may lie on either side of the negative axis: an imaginary part that is rounding. */
    private Apcomplex clearOfCut(Apcomplex a) {
        boolean left = a.real().signum() < 0 && a.imag().signum() != 0;
        if (left && a.imag().scale() < a.real().scale() - digits + 12) {
            throw new Undefined("a branch cut");
        }
        return a;
    }

    @Override
    public Apcomplex exp(Apcomplex a) {
        return guarded(() -> series.exp(moderate(a)));
    }

    @Override
    public Apcomplex log(Apcomplex a) {
        if (a.real().signum() == 0 && a.imag().signum() == 0) {
            throw new Undefined("the logarithm of 0");
        }
        return guarded(() -> series.log(clearOfCut(a)));
    }

    @Override
    public Apcomplex sqrt(Apcomplex a) {
        return guarded(() -> ApcomplexMath.sqrt(clearOfCut(a)));
    }

    @Override
    public Apcomplex sin(Apcomplex a) {
        return guarded(() -> series.sin(moderate(a)));
    }

    @Override
    public Apcomplex cos(Apcomplex a) {
        return guarded(() -> series.cos(moderate(a)));
    }

    @Override
    public Apcomplex sinh(Apcomplex a) {
        // sinh z = −i sin(iz)
        return guarded(() -> isReal(a) ? series.sinh(moderate(a).real()) : turnedBack(series.sin(turned(moderate(a)))));
    }

    @Override
    public Apcomplex cosh(Apcomplex a) {
        return guarded(() -> series.cos(turned(moderate(a))));
    }

    /** i z. */
    private static Apcomplex turned(Apcomplex z) {
        return new Apcomplex(z.imag().negate(), z.real());
    }

    /** −i z. */
    private static Apcomplex turnedBack(Apcomplex z) {
        return new Apcomplex(z.imag(), z.real().negate());
    }

    @Override
    public Apcomplex power(Apcomplex base, Apcomplex exponent) {
        if (base.equals(Apcomplex.ZERO)) {
            if (exponent.real().signum() > 0) {
                return base;
            }
            throw new Undefined("0 to a power that may not be positive");
        }
        return exp(times(exponent, log(base)));
    }

    @Override
    public Apcomplex power(Apcomplex base, long exponent) {
        if (Math.abs(exponent) > MAX_EXPONENT) {
            throw new Undefined("out of range");
        }
        if (exponent == 0) {
            return integer(1);
        }
        return guarded(() -> ApcomplexMath.pow(base, exponent));
    }

    @Override
    public Apcomplex asin(Apcomplex a) {
        requireInside(a);
        Apcomplex root = sqrt(one().subtract(a.multiply(a)));
        Apcomplex angle = log(imaginaryUnit().multiply(a).add(root));
        return isReal(a) ? angle.imag() : angle.multiply(imaginaryUnit()).negate();
    }

    @Override
    public Apcomplex atan(Apcomplex a) {
        if (isReal(a)) {
            return guarded(() -> series.arg(new Apcomplex(new Apfloat(1, digits), a.real())));
        }
        Apcomplex turned = imaginaryUnit().multiply(a);
        Apcomplex difference = log(one().subtract(turned)).subtract(log(one().add(turned)));
        return difference.multiply(imaginaryUnit()).divide(integer(2));
    }

    @Override
    public Apcomplex asinh(Apcomplex a) {
        if (isReal(a) && a.real().signum() < 0) {
            return asinh(a.negate()).negate();
        }
        return log(a.add(sqrt(a.multiply(a).add(one()))));
    }

    @Override
    public Apcomplex atanh(Apcomplex a) {
        requireInside(a);
        return log(one().add(a)).subtract(log(one().subtract(a))).divide(integer(2));
    }

    @Override
    public Apcomplex abs(Apcomplex a) {
        return guarded(() -> ApcomplexMath.abs(a));
    }

    @Override
    public Apcomplex re(Apcomplex a) {
        return a.real();
    }

    @Override
    public Apcomplex im(Apcomplex a) {
        return a.imag();
    }

    @Override
    public Apcomplex arg(Apcomplex a) {
        return guarded(() -> series.arg(clearOfCut(a)));
    }

    @Override
    public Apcomplex floor(Apcomplex a) {
        requireReal(a);
        return guarded(() -> ApfloatMath.floor(a.real()).precision(digits));
    }

    @Override
    public Apcomplex gamma(Apcomplex a) {
        if (asInteger(a).isPresent() && asInteger(a).getAsInt() <= 0) {
            throw new Undefined("a pole of the gamma function");
        }
        return guarded(() -> PreciseFunctions.gamma(a, digits));
    }

    @Override
    public Apcomplex logGamma(Apcomplex a) {
        return guarded(() -> ApcomplexMath.logGamma(a));
    }

    @Override
    public Apcomplex digamma(Apcomplex a) {
        return guarded(() -> ApcomplexMath.digamma(a));
    }

    @Override
    public Apcomplex erf(Apcomplex a) {
        return guarded(() -> PreciseFunctions.erf(a, digits));
    }

    @Override
    public Apcomplex zeta(Apcomplex a) {
        return guarded(() -> ApcomplexMath.zeta(moderateArgument(a)));
    }

    @Override
    public Apcomplex lambertW(Apcomplex a) {
        return guarded(() -> ApcomplexMath.w(a));
    }

    @Override
    public Apcomplex besselJ(Apcomplex order, Apcomplex a) {
        return guarded(() -> PreciseFunctions.bessel(order, moderateArgument(a), -1, digits));
    }

    @Override
    public Apcomplex besselY(Apcomplex order, Apcomplex a) {
        return guarded(() -> ApcomplexMath.besselY(order, moderateArgument(a)));
    }

    @Override
    public Apcomplex besselI(Apcomplex order, Apcomplex a) {
        return guarded(() -> PreciseFunctions.bessel(order, moderateArgument(a), 1, digits));
    }

    @Override
    public Apcomplex besselK(Apcomplex order, Apcomplex a) {
        return guarded(() -> ApcomplexMath.besselK(order, moderateArgument(a)));
    }

    private static Apcomplex moderateArgument(Apcomplex a) {
        if (a.scale() > 2) {
            throw new Undefined("out of range");
        }
        return a;
    }

    @Override
    public boolean isReal(Apcomplex a) {
        return a.imag().signum() == 0;
    }

    @Override
    public OptionalInt asInteger(Apcomplex a) {
        return isReal(a) && a.real().isInteger() && a.scale() < 10
                ? OptionalInt.of(a.real().intValue())
                : OptionalInt.empty();
    }

    @Override
    public int compare(Apcomplex a, Apcomplex b) {
        requireReal(a);
        requireReal(b);
        return a.real().compareTo(b.real());
    }

    @Override
    public boolean same(Apcomplex a, Apcomplex b) {
        Apcomplex difference = a.subtract(b);
        boolean zero = difference.real().signum() == 0 && difference.imag().signum() == 0;
        return zero || difference.scale() < Math.max(a.scale(), b.scale()) - digits + 10;
    }

    /** Real numbers beyond ±1 lie on the cuts of asin and atanh, where books differ. */
    private void requireInside(Apcomplex a) {
        if (isReal(a) && ApfloatMath.abs(a.real()).compareTo(new Apfloat(1, digits)) > 0) {
            throw new Undefined("a branch cut");
        }
    }

    private void requireReal(Apcomplex a) {
        if (!isReal(a)) {
            throw new Undefined("complex numbers have no order");
        }
    }
}
