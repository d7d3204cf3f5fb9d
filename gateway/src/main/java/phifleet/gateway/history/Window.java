package phifleet.gateway.history;

/**
 * The time that is asked for: in whole steps, from the one that holds {@code from} to the one that holds {@code to}.
 *
 * @param from in seconds since 1970, a multiple of the step
 * @param to in seconds since 1970, the beginning of the last step
 * @param step in seconds: a multiple of 5, and of 60 where it is not fine
 * @param isFine whether it lies within the hour that is kept at five seconds
 */
public record Window(long from, long to, int step, boolean isFine) {
    /** The least step of the last hour. */
    public static final int LEAST_STEP = TimeSeries.FINE_STEP;

    /** The least step of what lies before that. */
    public static final int LEAST_STEP_OF_A_DAY = TimeSeries.COARSE_STEP;

    /** How far back there is anything, in seconds. */
    public static final int LONGEST = 86_400;

    private static final int HOUR = TimeSeries.FINE_SLOTS * TimeSeries.FINE_STEP;

    /** Whether all of it, asked for now, may be had at five seconds. */
    public static boolean isFine(long from, long now) {
        return from >= now - HOUR;
    }

    /**
     * The whole steps of a time.
     *
     * @param step must be one that the time allows: see {@link #isFine(long, long)}
     */
    public static Window of(long from, long to, int step, long now) {
        return new Window(from - Math.floorMod(from, step), to - Math.floorMod(to, step), step, isFine(from, now));
    }

    /** How many steps it has. */
    public int steps() {
        return Math.toIntExact((to - from) / step) + 1;
    }
}
