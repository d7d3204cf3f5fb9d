package phifleet.inference.text.module;

/**
 * The error function, by its power series where that converges fast and by a continued fraction beyond (Abramowitz and Stegun,
 * 7.1.6 and 7.1.14): to 1e-15.
 */
final class Erf {
    private static final double SERIES_UP_TO = 2.5;
    private static final int MOST_TERMS = 100;

    private Erf() {}

    static double of(double x) {
        double size = Math.abs(x);
        double value = size > 6 ? 1 : size <= SERIES_UP_TO ? series(size) : 1 - fraction(size);
        return Math.copySign(value, x);
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < MOST_TERMS && term > sum * 1e-17; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private static double fraction(double x) {
        double value = x;
        for (int n = MOST_TERMS; n > 0; n--) {
            value = x + n / 2.0 / value;
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / value;
    }
}
