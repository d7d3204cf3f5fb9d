package phifleet.equations.identity;

import static phifleet.equations.identity.Ball.UNIT;

import java.math.BigDecimal;
import java.util.OptionalInt;

/** Double precision with error bounds. Stateless. */
final class BallArithmetic implements Arithmetic<Ball> {
    private static final Ball PI = Ball.rounded(Math.PI);
    private static final Ball EULER = Ball.rounded(Math.E);
    /** Beyond, e to that power leaves the range of doubles. */
    private static final double MAX_EXPONENT = 640;

    @Override
    public long stepsOfNode() {
        return 1;
    }

    @Override
    public Ball number(BigDecimal value) {
        double rounded = value.doubleValue();
        if (Double.isInfinite(rounded) || (rounded == 0 && value.signum() != 0)) {
            throw new Undefined("out of range");
        }
        boolean exact = value.scale() <= 0 ? Math.abs(rounded) < 0x1p53 : new BigDecimal(rounded).compareTo(value) == 0;
        return exact ? Ball.exact(rounded) : Ball.rounded(rounded);
    }

    @Override
    public Ball integer(long value) {
        return Ball.exact((double) value);
    }

    @Override
    public Ball pi() {
        return PI;
    }

    @Override
    public Ball euler() {
        return EULER;
    }

    @Override
    public Ball imaginaryUnit() {
        return Ball.I;
    }

    @Override
    public Ball plus(Ball a, Ball b) {
        return a.plus(b);
    }

    @Override
    public Ball times(Ball a, Ball b) {
        return a.times(b);
    }

    @Override
    public Ball dividedBy(Ball a, Ball b) {
        return a.dividedBy(b);
    }

    @Override
    public Ball negate(Ball a) {
        return a.negate();
    }

    @Override
    public Ball exp(Ball a) {
        if (a.is(0)) {
            return Ball.ONE;
        }
        if (!(Math.abs(a.re()) < MAX_EXPONENT) || !(a.error() < 0.1)) {
            throw new Undefined("out of range");
        }
        double size = Math.exp(a.re());
        double error = size * (1.1 * a.error() + 3 * UNIT);
        return a.isReal()
                ? new Ball(size, 0, error)
                : new Ball(size * Math.cos(a.im()), size * Math.sin(a.im()), error);
    }

    /** The distance from 0 that is certain; throws where that is none, or where the negative axis may be on either side. */
    private static double clearOfCut(Ball a) {
        double size = a.abs();
        double room = size - a.error();
        if (!(room > 0.5 * size)) {
            throw new Undefined("a branch point");
        }
        if (a.re() < 0 && a.im() != 0 && Math.abs(a.im()) <= a.error()) {
            throw new Undefined("a branch cut");
        }
        return room;
    }

    @Override
    public Ball log(Ball a) {
        if (a.is(1)) {
            return Ball.ZERO;
        }
        double room = clearOfCut(a);
        double re = Math.log(a.abs());
        double im = a.isReal() ? (a.re() < 0 ? Math.PI : 0) : Math.atan2(a.im(), a.re());
        double rounding = a.isReal() && a.re() > 0 ? Math.abs(re) : 1 + Math.abs(re) + Math.abs(im);
        return new Ball(re, im, a.error() / room + UNIT * rounding);
    }

    @Override
    public Ball sqrt(Ball a) {
        if (a.is(0)) {
            return a;
        }
        double room = clearOfCut(a);
        double size = Math.sqrt(a.abs());
        double carried = a.error() / Math.sqrt(room);
        if (a.isReal()) {
            double lost = Math.abs(Math.fma(size, size, -Math.abs(a.re()))) / size;
            return a.re() > 0 ? new Ball(size, 0, carried + lost) : new Ball(0, size, carried + lost);
        }
        double re = Math.sqrt((a.abs() + Math.abs(a.re())) / 2);
        double im = Math.abs(a.im()) / (2 * re);
        double error = carried + 4 * UNIT * size;
        return a.re() >= 0
                ? new Ball(re, Math.copySign(im, a.im()), error)
                : new Ball(im, Math.copySign(re, a.im()), error);
    }

    @Override
    public Ball sin(Ball a) {
        if (a.isReal()) {
            double sin = Math.sin(a.re());
            return new Ball(sin, 0, Math.min(2, a.error()) + (a.is(0) ? 0 : UNIT * Math.abs(sin)));
        }
        double growth = growth(a);
        return new Ball(
                Math.sin(a.re()) * Math.cosh(a.im()),
                Math.cos(a.re()) * Math.sinh(a.im()),
                growth * (1.1 * a.error() + 4 * UNIT));
    }

    @Override
    public Ball cos(Ball a) {
        if (a.isReal()) {
            double cos = Math.cos(a.re());
            return new Ball(cos, 0, Math.min(2, a.error()) + (a.is(0) ? 0 : UNIT * Math.abs(cos)));
        }
        double growth = growth(a);
        return new Ball(
                Math.cos(a.re()) * Math.cosh(a.im()),
                -Math.sin(a.re()) * Math.sinh(a.im()),
                growth * (1.1 * a.error() + 4 * UNIT));
    }

    private static double growth(Ball a) {
        if (!(Math.abs(a.im()) < MAX_EXPONENT) || !(a.error() < 0.1)) {
            throw new Undefined("out of range");
        }
        return Math.cosh(a.im());
    }

    @Override
    public Ball sinh(Ball a) {
        if (a.isReal()) {
            if (!(Math.abs(a.re()) < MAX_EXPONENT) || !(a.error() < 0.1)) {
                throw new Undefined("out of range");
            }
            double sinh = Math.sinh(a.re());
            return new Ball(sinh, 0, Math.cosh(a.re()) * 1.1 * a.error() + 2 * UNIT * Math.abs(sinh));
        }
        Ball turned = sin(new Ball(-a.im(), a.re(), a.error()));
        return new Ball(turned.im(), -turned.re(), turned.error());
    }

    @Override
    public Ball cosh(Ball a) {
        Ball cosh = cos(new Ball(-a.im(), a.re(), a.error()));
        return a.isReal() ? new Ball(cosh.re(), 0, cosh.error()) : cosh;
    }

    @Override
    public Ball power(Ball base, Ball exponent) {
        if (base.is(0)) {
            if (exponent.re() > exponent.error()) {
                return base;
            }
            throw new Undefined("0 to a power that may not be positive");
        }
        if (exponent.is(0.5)) {
            return sqrt(base);
        }
        return exp(times(exponent, log(base)));
    }

    @Override
    public Ball power(Ball base, long exponent) {
        if (exponent == 0) {
            return Ball.ONE;
        }
        if (exponent < 0) {
            return Ball.ONE.dividedBy(power(base, -exponent));
        }
        Ball result = Ball.ONE;
        Ball square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = result.times(square);
            }
            if (rest > 1) {
                square = square.times(square);
            }
        }
        return result;
    }

    @Override
    public Ball asin(Ball a) {
        if (a.isReal()) {
            double room = 1 - Math.abs(a.re()) - a.error();
            if (a.error() == 0 && room >= 0) {
                return new Ball(Math.asin(a.re()), 0, UNIT * Math.abs(Math.asin(a.re())));
            }
            if (!(room > 0)) {
                throw new Undefined("a branch cut");
            }
            return new Ball(Math.asin(a.re()), 0, a.error() / Math.sqrt(room) + 2 * UNIT);
        }
        Ball root = sqrt(Ball.ONE.minus(a.times(a)));
        return log(Ball.I.times(a).plus(root)).times(Ball.I).negate();
    }

    @Override
    public Ball atan(Ball a) {
        if (a.isReal()) {
            double atan = Math.atan(a.re());
            return new Ball(atan, 0, a.error() + UNIT * Math.abs(atan));
        }
        Ball turned = Ball.I.times(a);
        Ball difference = log(Ball.ONE.minus(turned)).minus(log(Ball.ONE.plus(turned)));
        return difference.times(new Ball(0, 0.5, 0));
    }

    @Override
    public Ball asinh(Ball a) {
        if (a.isReal() && a.re() < 0) {
            return asinh(a.negate()).negate();
        }
        return log(a.plus(sqrt(a.times(a).plus(Ball.ONE))));
    }

    @Override
    public Ball atanh(Ball a) {
        if (a.isReal() && !(Math.abs(a.re()) + a.error() < 1)) {
            throw new Undefined("a branch cut");
        }
        return log(Ball.ONE.plus(a)).minus(log(Ball.ONE.minus(a))).times(Ball.exact(0.5));
    }

    @Override
    public Ball abs(Ball a) {
        double abs = a.abs();
        return new Ball(abs, 0, a.error() + (a.isReal() ? 0 : UNIT * abs));
    }

    @Override
    public Ball re(Ball a) {
        return new Ball(a.re(), 0, a.error());
    }

    @Override
    public Ball im(Ball a) {
        return a.isReal() ? Ball.ZERO : new Ball(a.im(), 0, a.error());
    }

    @Override
    public Ball arg(Ball a) {
        Ball log = log(a);
        return a.isReal() && a.re() > 0 ? Ball.ZERO : new Ball(log.im(), 0, log.error());
    }

    @Override
    public Ball floor(Ball a) {
        double floor = Math.floor(a.re());
        boolean sure = a.error() == 0 || (a.re() - floor > a.error() && floor + 1 - a.re() > a.error());
        if (!a.isReal() || !sure || !(Math.abs(a.re()) < 0x1p52)) {
            throw new Undefined("a jump");
        }
        return Ball.exact(floor);
    }

    @Override
    public Ball gamma(Ball a) {
        return BallFunctions.gamma(this, a);
    }

    @Override
    public Ball logGamma(Ball a) {
        return BallFunctions.logGamma(this, a);
    }

    @Override
    public Ball digamma(Ball a) {
        return BallFunctions.digamma(this, a);
    }

    @Override
    public Ball erf(Ball a) {
        return BallFunctions.erf(this, a);
    }

    @Override
    public Ball zeta(Ball a) {
        return BallFunctions.zeta(this, a);
    }

    @Override
    public Ball lambertW(Ball a) {
        throw new Undefined("only with many digits");
    }

    @Override
    public Ball besselJ(Ball order, Ball a) {
        return BallFunctions.bessel(this, order, a, -1);
    }

    @Override
    public Ball besselI(Ball order, Ball a) {
        return BallFunctions.bessel(this, order, a, 1);
    }

    @Override
    public Ball besselY(Ball order, Ball a) {
        Ball angle = order.times(PI);
        Ball turned = besselJ(order, a).times(cos(angle)).minus(besselJ(order.negate(), a));
        return turned.dividedBy(sin(angle));
    }

    @Override
    public Ball besselK(Ball order, Ball a) {
        Ball difference = besselI(order.negate(), a).minus(besselI(order, a));
        return difference.times(PI).dividedBy(sin(order.times(PI))).times(Ball.exact(0.5));
    }

    @Override
    public boolean isReal(Ball a) {
        return a.isReal();
    }

    @Override
    public OptionalInt asInteger(Ball a) {
        return a.isExactInteger() && Math.abs(a.re()) < Integer.MAX_VALUE
                ? OptionalInt.of((int) a.re())
                : OptionalInt.empty();
    }

    @Override
    public int compare(Ball a, Ball b) {
        Ball difference = a.minus(b);
        if (!difference.isReal()) {
            throw new Undefined("complex numbers have no order");
        }
        if (difference.is(0)) {
            return 0;
        }
        if (difference.mayBeZero()) {
            throw new Undefined("a jump");
        }
        return difference.re() > 0 ? 1 : -1;
    }

    @Override
    public boolean same(Ball a, Ball b) {
        Ball difference = a.minus(b);
        if (difference.is(0)) {
            return true;
        }
        if (difference.mayBeZero()) {
            throw new Undefined("a jump");
        }
        return false;
    }
}
