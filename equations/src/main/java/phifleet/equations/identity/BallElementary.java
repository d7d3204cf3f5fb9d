package phifleet.equations.identity;

import static phifleet.equations.identity.Ball.UNIT;

/** The elementary functions of balls: each value with the error that its argument's error and its own rounding make. */
final class BallElementary {
    /** Beyond, e to that power leaves the range of doubles. */
    private static final double MAX_EXPONENT = 640;

    private BallElementary() {}

    static Ball exp(Ball a) {
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

    static Ball log(Ball a) {
        if (a.is(1)) {
            return Ball.ZERO;
        }
        double room = clearOfCut(a);
        double re = Math.log(a.abs());
        double im = a.isReal() ? (a.re() < 0 ? Math.PI : 0) : Math.atan2(a.im(), a.re());
        double rounding = a.isReal() && a.re() > 0 ? Math.abs(re) : 1 + Math.abs(re) + Math.abs(im);
        return new Ball(re, im, a.error() / room + UNIT * rounding);
    }

    static Ball sqrt(Ball a) {
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

    static Ball sin(Ball a) {
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

    static Ball cos(Ball a) {
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

    static Ball sinh(Ball a) {
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

    static Ball cosh(Ball a) {
        Ball cosh = cos(new Ball(-a.im(), a.re(), a.error()));
        return a.isReal() ? new Ball(cosh.re(), 0, cosh.error()) : cosh;
    }

    static Ball asin(Ball a) {
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

    static Ball atan(Ball a) {
        if (a.isReal()) {
            double atan = Math.atan(a.re());
            return new Ball(atan, 0, a.error() + UNIT * Math.abs(atan));
        }
        Ball turned = Ball.I.times(a);
        Ball difference = log(Ball.ONE.minus(turned)).minus(log(Ball.ONE.plus(turned)));
        return difference.times(new Ball(0, 0.5, 0));
    }

    static Ball asinh(Ball a) {
        if (a.isReal() && a.re() < 0) {
            return asinh(a.negate()).negate();
        }
        return log(a.plus(sqrt(a.times(a).plus(Ball.ONE))));
    }

    static Ball atanh(Ball a) {
        if (a.isReal() && !(Math.abs(a.re()) + a.error() < 1)) {
            throw new Undefined("a branch cut");
        }
        return log(Ball.ONE.plus(a)).minus(log(Ball.ONE.minus(a))).times(Ball.exact(0.5));
    }

    private static double growth(Ball a) {
        if (!(Math.abs(a.im()) < MAX_EXPONENT) || !(a.error() < 0.1)) {
            throw new Undefined("out of range");
        }
        return Math.cosh(a.im());
    }
}
