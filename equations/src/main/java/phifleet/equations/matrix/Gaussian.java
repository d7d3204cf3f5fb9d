package phifleet.equations.matrix;

import phifleet.equations.exact.Rational;

/** A complex number with rational parts. */
record Gaussian(Rational re, Rational im) {
    static final Gaussian ZERO = new Gaussian(Rational.ZERO, Rational.ZERO);
    static final Gaussian ONE = new Gaussian(Rational.ONE, Rational.ZERO);
    static final Gaussian I = new Gaussian(Rational.ZERO, Rational.ONE);

    static Gaussian of(long re, long im) {
        return new Gaussian(Rational.of(re), Rational.of(im));
    }

    static Gaussian of(Rational re) {
        return new Gaussian(re, Rational.ZERO);
    }

    Gaussian plus(Gaussian other) {
        return new Gaussian(re.plus(other.re), im.plus(other.im));
    }

    boolean isReal() {
        return im.isZero();
    }

    Gaussian negate() {
        return new Gaussian(re.negate(), im.negate());
    }

    Gaussian times(Gaussian other) {
        return new Gaussian(
                re.times(other.re).minus(im.times(other.im)), re.times(other.im).plus(im.times(other.re)));
    }

    Gaussian conjugate() {
        return new Gaussian(re, im.negate());
    }

    /** @throws Grid.Unfit of 0 */
    Gaussian reciprocal() {
        if (isZero()) {
            throw new Grid.Unfit("a division by 0");
        }
        Rational square = re.times(re).plus(im.times(im));
        return new Gaussian(re.dividedBy(square), im.negate().dividedBy(square));
    }

    boolean isZero() {
        return re.isZero() && im.isZero();
    }

    @Override
    public String toString() {
        if (im.isZero()) {
            return re.toString();
        }
        String imaginary = im.equals(Rational.ONE) ? "i" : im.equals(Rational.MINUS_ONE) ? "-i" : im + "i";
        return re.isZero() ? imaginary : re + (im.signum() > 0 ? "+" : "") + imaginary;
    }
}
