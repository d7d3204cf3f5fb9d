package phifleet.worker.bench.gpu;

import java.util.Locale;

/** Figures as people read them. */
final class Numbers {
    private Numbers() {}

    /** Four digits that count. */
    static String short4(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return String.valueOf(value);
        }
        int digits = Math.clamp(3 - (int) Math.floor(Math.log10(Math.abs(value))), 0, 9);
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
