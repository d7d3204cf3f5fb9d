package phifleet.equations.identity;

import static phifleet.equations.identity.Ball.UNIT;

/**
 * Special functions of balls, from series and asymptotics whose own error is far below the rounding that the balls carry.
 *
 * <p>Γ is Lanczos's approximation with g = 607/128 and 15 coefficients (P. Godfrey, 2001), good to 1e-15; log Γ and ψ are Stirling's series
 * after a shift to Re z ≥ 10; erf is Kummer's series; Bessel functions are their power series.
 */
final class BallFunctions {
    private static final double LANCZOS_G = 607.0 / 128;
    private static final double[] LANCZOS = {
        0.9999999999999971,
        57.15623566586292,
        -59.59796035547549,
        14.136097974741746,
        -0.4919138160976202,
        3.399464998481189e-05,
        4.652362892704858e-05,
        -9.837447530487956e-05,
        0.0001580887032249125,
        -0.00021026444172410488,
        0.00021743961811521265,
        -0.0001643181065367639,
        8.441822398385275e-05,
        -2.6190838401581408e-05,
        3.6899182659531625e-06
    };
    /** B₂ₖ / (2k (2k−1)), for log Γ. */
    private static final double[] STIRLING = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400
    };
    /** B₂ₖ / 2k, for ψ. */
    private static final double[] DIGAMMA = {
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160
    };

    private static final double SHIFT = 14;
    private static final int MAX_TERMS = 200;

    private BallFunctions() {}

    static Ball gamma(BallArithmetic field, Ball z) {
        if (z.isExactInteger()) {
            return factorial(z.re() - 1);
        }
        if (z.re() < 0.5) {
            Ball sine = field.sin(z.times(field.pi()));
            return field.pi().dividedBy(sine.times(gamma(field, Ball.ONE.minus(z))));
        }
        if (z.re() > 160) {
            throw new Undefined("out of range");
        }
        Ball shifted = z.minus(Ball.ONE);
        Ball sum = Ball.exact(LANCZOS[0]);
        for (int k = 1; k < LANCZOS.length; k++) {
            sum = sum.plus(Ball.exact(LANCZOS[k]).dividedBy(shifted.plus(Ball.exact(k))));
        }
        Ball base = shifted.plus(Ball.exact(LANCZOS_G + 0.5));
        Ball exponent = shifted.plus(Ball.exact(0.5));
        Ball size = field.exp(exponent.times(field.log(base)).minus(base));
        Ball gamma = size.times(sum).times(Ball.rounded(Math.sqrt(2 * Math.PI)));
        return gamma.widened(8 * UNIT * gamma.abs());
    }

    private static Ball factorial(double n) {
        if (n < 0) {
            throw new Undefined("a pole of the gamma function");
        }
        if (n > 160) {
            throw new Undefined("out of range");
        }
        Ball product = Ball.ONE;
        for (int k = 2; k <= n; k++) {
            product = product.times(Ball.exact(k));
        }
        return product;
    }

    static Ball logGamma(BallArithmetic field, Ball z) {
        if (z.isReal() && z.re() <= z.error()) {
            throw new Undefined("a branch cut");
        }
        Ball shifted = z;
        Ball correction = Ball.ZERO;
        for (int i = 0; i < 40 && shifted.re() < SHIFT; i++) {
            correction = correction.plus(field.log(shifted));
            shifted = shifted.plus(Ball.ONE);
        }
        if (shifted.re() < SHIFT) {
            throw new Undefined("out of range");
        }
        Ball log = field.log(shifted);
        Ball value = shifted.minus(Ball.exact(0.5))
                .times(log)
                .minus(shifted)
                .plus(Ball.rounded(0.5 * Math.log(2 * Math.PI)));
        return value.plus(series(STIRLING, shifted, Ball.ONE.dividedBy(shifted)))
                .minus(correction);
    }

    static Ball digamma(BallArithmetic field, Ball z) {
        Ball shifted = z;
        Ball correction = Ball.ZERO;
        for (int i = 0; i < 60 && shifted.re() < SHIFT; i++) {
            correction = correction.plus(Ball.ONE.dividedBy(shifted));
            shifted = shifted.plus(Ball.ONE);
        }
        if (shifted.re() < SHIFT) {
            throw new Undefined("out of range");
        }
        Ball inverse = Ball.ONE.dividedBy(shifted);
        Ball tail = series(DIGAMMA, shifted, inverse.times(inverse));
        return field.log(shifted)
                .minus(inverse.times(Ball.exact(0.5)))
                .minus(tail)
                .minus(correction);
    }

    /** Σ cₖ first / z²ᵏ. */
    private static Ball series(double[] coefficients, Ball z, Ball first) {
        Ball square = z.times(z);
        Ball power = first;
        Ball sum = Ball.ZERO;
        for (double coefficient : coefficients) {
            sum = sum.plus(Ball.rounded(coefficient).times(power));
            power = power.dividedBy(square);
        }
        return sum.widened(UNIT);
    }

    /** e^{−z²} 2z/√π Σ (2z²)ᵏ / (3·5·…·(2k+1)). */
    static Ball erf(BallArithmetic field, Ball z) {
        if (!(z.abs() < 6)) {
            throw new Undefined("out of range");
        }
        if (z.is(0)) {
            return z;
        }
        Ball square = z.times(z);
        Ball term = Ball.ONE;
        Ball sum = term;
        for (int k = 1; k < MAX_TERMS; k++) {
            term = term.times(square).times(Ball.exact(2)).dividedBy(Ball.exact(2 * k + 1.0));
            sum = sum.plus(term);
            if (term.abs() < UNIT * 0.01 * sum.abs() || term.abs() < 1e-200) {
                break;
            }
        }
        Ball factor = Ball.rounded(2 / Math.sqrt(Math.PI)).times(z).times(field.exp(square.negate()));
        Ball erf = factor.times(sum);
        return erf.widened(UNIT * erf.abs());
    }

    /** (z/2)^ν Σ (sign z²/4)ᵏ / (k! Γ(ν+k+1)). */
    static Ball bessel(BallArithmetic field, Ball order, Ball z, int sign) {
        if (!(z.abs() < 25)) {
            throw new Undefined("out of range");
        }
        if (order.isExactInteger() && order.re() < 0) {
            Ball mirrored = bessel(field, order.negate(), z, sign);
            return sign < 0 && order.re() % 2 != 0 ? mirrored.negate() : mirrored;
        }
        Ball half = z.times(Ball.exact(0.5));
        Ball square = half.times(half).times(Ball.exact(sign));
        Ball term = Ball.ONE.dividedBy(gamma(field, order.plus(Ball.ONE)));
        Ball sum = term;
        for (int k = 1; k < MAX_TERMS; k++) {
            term = term.times(square).dividedBy(Ball.exact(k).times(order.plus(Ball.exact(k))));
            sum = sum.plus(term);
            if (term.abs() < UNIT * 0.01 * sum.abs() || term.abs() < 1e-200) {
                break;
            }
        }
        Ball power = order.isExactInteger() ? field.power(half, (long) order.re()) : field.power(half, order);
        return power.times(sum);
    }

    /** Borwein's alternating sum with 40 terms, for Re s ≥ 0.5. */
    static Ball zeta(BallArithmetic field, Ball s) {
        if (!(s.re() >= 0.5) || !(Math.abs(s.im()) < 10)) {
            throw new Undefined("only with many digits");
        }
        int n = 30;
        double[] d = new double[n + 1];
        double term = 1;
        double sum = 1;
        d[0] = 1;
        for (int i = 1; i <= n; i++) {
            term *= 4.0 * (n + i - 1) * (n - i + 1) / ((2.0 * i) * (2 * i - 1));
            sum += term;
            d[i] = sum;
        }
        Ball total = Ball.ZERO;
        for (int k = 0; k < n; k++) {
            Ball power = field.exp(s.negate().times(field.log(Ball.exact(k + 1.0))));
            Ball weight = Ball.rounded((d[k] - d[n]) / d[n]).widened(20 * UNIT);
            total = total.plus(power.times(k % 2 == 0 ? weight : weight.negate()));
        }
        Ball twist = Ball.ONE.minus(field.exp(Ball.ONE.minus(s).times(field.log(Ball.exact(2)))));
        return total.negate().dividedBy(twist);
    }
}
