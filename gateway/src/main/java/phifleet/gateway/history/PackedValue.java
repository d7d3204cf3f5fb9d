package phifleet.gateway.history;

/**
 * Values of 0 to 10¹³ in sixteen bits, by their logarithm: a thousandth is the least that is told from 0, and what is read differs by less
 * than 0.03 % from what was written. A chart shows no more than that, and it is half of what a float takes.
 */
final class PackedValue {
    /** No value. */
    static final short NONE = 0;

    /** The code of 0; those above it are logarithms. */
    private static final int ZERO = 1;

    private static final double LEAST = 1e-3;
    private static final double GREATEST = 1e13;
    private static final int MOST = 0xffff;
    private static final double STEPS = (MOST - ZERO - 1) / Math.log(GREATEST / LEAST);

    private PackedValue() {}

    static short of(double value) {
        if (!(value >= 0)) {
            return NONE;
        }
        if (value < LEAST) {
            return ZERO;
        }
        return (short) (ZERO + 1 + Math.round(STEPS * Math.log(Math.min(value, GREATEST) / LEAST)));
    }

    /** NaN for none. */
    static double value(short code) {
        int read = Short.toUnsignedInt(code);
        return switch (read) {
            case NONE -> Double.NaN;
            case ZERO -> 0;
            default -> LEAST * Math.exp((read - ZERO - 1) / STEPS);
        };
    }
}
