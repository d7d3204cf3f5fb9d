package phifleet.equations;

import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.Format;

/**
 * What is to be drawn of an equation.
 *
 * @param equation the text, at most 4,000 characters
 * @param isGolden whether φ is the golden ratio, whatever else there is
 * @param from where the picture begins, of size 1e100 at most; null for what is usual
 * @param to where it ends, behind {@code from}; null for what is usual
 * @param points evenly spaced, {@value #MIN_POINTS} to {@value #MAX_POINTS}
 * @param timeoutMs milliseconds until nothing more is tried
 */
public record CurveRequest(
        String equation,
        Format format,
        boolean isGolden,
        @Nullable Double from,
        @Nullable Double to,
        int points,
        int timeoutMs) {
    public static final int MIN_POINTS = 2;
    public static final int MAX_POINTS = 2_000;
    public static final int DEFAULT_POINTS = 400;
    public static final int MAX_TIMEOUT_MS = 1_000;
    public static final double MOST = 1e100;

    public CurveRequest {
        if (points < MIN_POINTS || points > MAX_POINTS) {
            throw new IllegalArgumentException(points + " points");
        }
    }

    /** Told by looking, where and as fine as is usual. */
    public static CurveRequest of(String equation) {
        return new CurveRequest(equation, Format.AUTO, false, null, null, DEFAULT_POINTS, MAX_TIMEOUT_MS);
    }

    /** The same between other ends. */
    public CurveRequest within(double first, double last) {
        return new CurveRequest(equation, format, isGolden, first, last, points, timeoutMs);
    }
}
