package phifleet.equations.identity;

import static phifleet.equations.identity.Ball.UNIT;

import java.math.BigDecimal;
import java.util.OptionalInt;

/** Double precision with error bounds. Stateless. */
final class BallArithmetic implements Arithmetic<Ball> {
    private static final Ball PI = Ball.rounded(Math.PI);
    private static final Ball EULER = Ball.rounded(Math.E);

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
        return BallElementary.exp(a);
    }

    @Override
    public Ball log(Ball a) {
        return BallElementary.log(a);
    }

    @Override
    public Ball sqrt(Ball a) {
        return BallElementary.sqrt(a);
    }

    @Override
    public Ball sin(Ball a) {
        return BallElementary.sin(a);
    }

    @Override
    public Ball cos(Ball a) {
        return BallElementary.cos(a);
    }

    @Override
    public Ball sinh(Ball a) {
        return BallElementary.sinh(a);
    }

    @Override
    public Ball cosh(Ball a) {
        return BallElementary.cosh(a);
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
        return BallElementary.asin(a);
    }

    @Override
    public Ball atan(Ball a) {
        return BallElementary.atan(a);
    }

    @Override
    public Ball asinh(Ball a) {
        return BallElementary.asinh(a);
    }

    @Override
    public Ball atanh(Ball a) {
        return BallElementary.atanh(a);
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
