package phifleet.equations.identity;

/**
 * A complex number known up to an error: the true value lies within {@code error} of {@code re + im·i}.
 *
 * <p>A number whose {@code im} is 0 is real, for real operations on real numbers keep it so. Bounds are of first order with room to spare;
 * they are checked by replay and not relied on alone.
 *
 * @param error at least 0
 */
record Ball(double re, double im, double error) {
    /** Two units of rounding: each operation is off by less. */
    static final double UNIT = 0x1p-52;

    static final Ball ZERO = new Ball(0, 0, 0);
    static final Ball ONE = new Ball(1, 0, 0);
    static final Ball I = new Ball(0, 1, 0);

    static Ball exact(double value) {
        return new Ball(value, 0, 0);
    }

    /** A real number that was rounded once. */
    static Ball rounded(double value) {
        return new Ball(value, 0, Math.abs(value) * UNIT);
    }

    boolean isReal() {
        return im == 0;
    }

    double abs() {
        return im == 0 ? Math.abs(re) : Math.sqrt(re * re + im * im);
    }

    /** Whether 0 cannot be told from it. */
    boolean mayBeZero() {
        return abs() <= error;
    }

    /** Whether it is exactly this number. */
    boolean is(double value) {
        return error == 0 && im == 0 && re == value;
    }

    boolean isExactInteger() {
        return error == 0 && im == 0 && re == Math.rint(re) && Math.abs(re) < 1e15;
    }

    Ball checked() {
        double size = Math.abs(re) + Math.abs(im) + error;
        if (!(size < 1e280) || (size < 1e-280 && size > 0)) {
            throw new Undefined("out of range");
        }
        return this;
    }

    Ball negate() {
        return new Ball(-re, -im, error);
    }

    Ball plus(Ball other) {
        double sumRe = re + other.re;
        if (im == 0 && other.im == 0) {
            double virtual = sumRe - re;
            double lost = (re - (sumRe - virtual)) + (other.re - virtual);
            return new Ball(sumRe, 0, error + other.error + Math.abs(lost) * 1.01);
        }
        double sumIm = im + other.im;
        return new Ball(sumRe, sumIm, error + other.error + UNIT * (Math.abs(sumRe) + Math.abs(sumIm)));
    }

    Ball minus(Ball other) {
        return plus(other.negate());
    }

    Ball times(Ball other) {
        double carried = error * other.abs() + other.error * abs() + error * other.error;
        if (im == 0 && other.im == 0) {
            double product = re * other.re;
            double lost = Math.fma(re, other.re, -product);
            return new Ball(product, 0, carried + Math.abs(lost) * 1.01).checked();
        }
        double productRe = re * other.re - im * other.im;
        double productIm = re * other.im + im * other.re;
        return new Ball(productRe, productIm, carried + 2 * UNIT * abs() * other.abs()).checked();
    }

    Ball dividedBy(Ball other) {
        double size = other.abs();
        double room = size - other.error;
        if (!(room > 0.5 * size)) {
            throw new Undefined("a division by what may be 0");
        }
        if (im == 0 && other.im == 0) {
            double quotient = re / other.re;
            double lost = Math.fma(quotient, other.re, -re) / other.re;
            double carried = (error + Math.abs(quotient) * other.error) / room;
            return new Ball(quotient, 0, carried + Math.abs(lost) * 1.01).checked();
        }
        double square = size * size;
        double quotientRe = (re * other.re + im * other.im) / square;
        double quotientIm = (im * other.re - re * other.im) / square;
        double quotient = Math.sqrt(quotientRe * quotientRe + quotientIm * quotientIm);
        double carried = (error + quotient * other.error) / room;
        return new Ball(quotientRe, quotientIm, carried + 5 * UNIT * abs() / size).checked();
    }

    /** With an error that is larger by {@code more}. */
    Ball widened(double more) {
        return new Ball(re, im, error + more);
    }
}
