package phifleet.equations.identity;

import org.apfloat.Apcomplex;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;

/**
 * exp, sin, cos and log with some tens of digits, by Taylor series after halving the argument.
 *
 * <p>Apfloat's own are built for thousands of digits, by the arithmetic-geometric mean, and take a millisecond each; these take a few
 * microseconds. A result claims only the digits that its argument leaves good.
 */
final class TaylorSeries {
    /** Digits beyond those asked for: squaring back loses up to nine. */
    private static final int GUARD = 14;
    /** Arguments are halved to below 2 to the power of minus this. */
    private static final int HALVED_BITS = 10;

    private final int digits;
    private final int work;
    private final Apfloat one;

    TaylorSeries(int digits) {
        this.digits = digits;
        this.work = digits + GUARD;
        this.one = new Apfloat(1, work);
    }

    private static int halvings(Apfloat x) {
        double size = Math.abs(x.doubleValue());
        return size == 0 ? 0 : Math.max(0, Math.getExponent(size) + 1 + HALVED_BITS);
    }

    /** {@code value} with the digits that an argument good to {@code 10^absolute} leaves. */
    private Apfloat trimmed(Apfloat value, Apfloat argument) {
        if (value.signum() == 0) {
            return value;
        }
        long lost = argument.scale() - Math.min(argument.precision(), digits);
        long good = Math.min(digits, value.scale() - lost);
        return good < 1 ? Apfloat.ZERO : value.precision(good);
    }

    Apfloat exp(Apfloat x) {
        if (x.signum() == 0) {
            return new Apfloat(1, digits);
        }
        int halvings = halvings(x);
        Apfloat small = x.precision(work).divide(ApfloatMath.pow(new Apfloat(2, work), (long) halvings));
        Apfloat term = one;
        Apfloat sum = one;
        for (long k = 1; term.signum() != 0 && term.scale() > -work; k++) {
            term = term.multiply(small).divide(new Apfloat(k, work));
            sum = sum.add(term);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum);
        }
        long good = Math.min(digits, Math.min(x.precision(), digits) - x.scale());
        return good < 1 ? Apfloat.ZERO : sum.precision(good);
    }

    /** cos x + i sin x. */
    Apcomplex turn(Apfloat x) {
        if (x.signum() == 0) {
            return new Apfloat(1, digits);
        }
        int halvings = halvings(x);
        Apfloat small = x.precision(work).divide(ApfloatMath.pow(new Apfloat(2, work), (long) halvings));
        Apfloat square = small.multiply(small).negate();
        Apfloat cosTerm = one;
        Apfloat sinTerm = small;
        Apfloat cos = cosTerm;
        Apfloat sin = sinTerm;
        for (long k = 1; sinTerm.signum() != 0 && sinTerm.scale() > -work - 6; k++) {
            cosTerm = cosTerm.multiply(square).divide(new Apfloat(2 * k * (2 * k - 1), work));
            sinTerm = sinTerm.multiply(square).divide(new Apfloat(2 * k * (2 * k + 1), work));
            cos = cos.add(cosTerm);
            sin = sin.add(sinTerm);
        }
        for (int i = 0; i < halvings; i++) {
            Apfloat product = cos.multiply(sin);
            cos = cos.multiply(cos).subtract(sin.multiply(sin));
            sin = product.add(product);
        }
        return new Apcomplex(trimmed(cos, x), trimmed(sin, x));
    }

    Apcomplex exp(Apcomplex z) {
        Apfloat size = exp(z.real());
        return z.imag().signum() == 0 ? size : turn(z.imag()).multiply(size);
    }

    /** sin(x + iy) = sin x cosh y + i cos x sinh y. */
    Apcomplex sin(Apcomplex z) {
        Apcomplex turn = turn(z.real());
        return z.imag().signum() == 0
                ? turn.imag()
                : new Apcomplex(
                        turn.imag().multiply(cosh(z.imag())), turn.real().multiply(sinh(z.imag())));
    }

    /** cos(x + iy) = cos x cosh y − i sin x sinh y. */
    Apcomplex cos(Apcomplex z) {
        Apcomplex turn = turn(z.real());
        return z.imag().signum() == 0
                ? turn.real()
                : new Apcomplex(
                        turn.real().multiply(cosh(z.imag())),
                        turn.imag().multiply(sinh(z.imag())).negate());
    }

    private Apfloat cosh(Apfloat x) {
        Apfloat power = exp(x);
        return power.add(one.divide(power)).divide(new Apfloat(2, work));
    }

    Apfloat sinh(Apfloat x) {
        if (x.signum() == 0) {
            return x;
        }
        Apfloat power = exp(x);
        return power.subtract(one.divide(power)).divide(new Apfloat(2, work));
    }

    /** Of a positive number. */
    Apfloat log(Apfloat x) {
        double rough = x.doubleValue();
        if (!(rough > 1e-300) || !(rough < 1e300)) {
            return ApfloatMath.log(x);
        }
        if (rough == 1 && x.subtract(one).signum() == 0) {
            return Apfloat.ZERO;
        }
        Apfloat y = new Apfloat(Math.log(rough), work);
        // Halley's step triples the good digits: 16, 48, 144.
        for (int good = 15; good < digits; good *= 3) {
            TaylorSeries finer = new TaylorSeries(work);
            Apfloat power = finer.exp(y.precision(work));
            Apfloat difference = x.precision(work).subtract(power);
            y = y.precision(work)
                    .add(difference
                            .multiply(new Apfloat(2, work))
                            .divide(x.precision(work).add(power)));
        }
        // A relative error of x is an absolute one of its logarithm.
        long good = Math.min(digits, y.scale() + Math.min(x.precision(), digits));
        return good < 1 || y.signum() == 0 ? Apfloat.ZERO : y.precision(good);
    }

    /** The angle of {@code z}, in (−π, π]. */
    Apfloat arg(Apcomplex z) {
        if (z.imag().signum() == 0) {
            return z.real().signum() >= 0 ? Apfloat.ZERO : ApfloatMath.pi(digits);
        }
        long shift = -z.scale();
        Apfloat re = ApfloatMath.scale(z.real(), shift);
        Apfloat im = ApfloatMath.scale(z.imag(), shift);
        Apfloat angle = new Apfloat(Math.atan2(im.doubleValue(), re.doubleValue()), work);
        Apfloat fineRe = re.signum() == 0 ? re : re.precision(work);
        Apfloat fineIm = im.precision(work);
        for (int good = 14; good < digits; good *= 3) {
            Apcomplex back = new TaylorSeries(work).turn(angle.precision(work)).conj();
            Apcomplex rest = new Apcomplex(fineRe, fineIm).multiply(back);
            Apfloat slope =
                    rest.imag().signum() == 0 ? Apfloat.ZERO : rest.imag().divide(rest.real());
            // atan s = s − s³/3 + …, where s is below 1e-14.
            Apfloat step = slope.signum() == 0
                    ? slope
                    : slope.subtract(slope.multiply(slope).multiply(slope).divide(new Apfloat(3, work)));
            angle = angle.precision(work).add(step);
        }
        long precision = Math.min(
                z.real().signum() == 0 ? digits : z.real().precision(), z.imag().precision());
        long good = Math.min(digits, Math.min(precision, digits) + Math.min(0, angle.scale()));
        return good < 1 ? Apfloat.ZERO : angle.precision(good);
    }

    Apcomplex log(Apcomplex z) {
        if (z.imag().signum() == 0 && z.real().signum() > 0) {
            return log(z.real());
        }
        Apfloat square = z.real().multiply(z.real()).add(z.imag().multiply(z.imag()));
        Apfloat half = log(square).divide(new Apfloat(2, digits));
        return new Apcomplex(half, arg(z));
    }
}
