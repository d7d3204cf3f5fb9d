package phifleet.gateway.demand;

import java.util.Collection;

/**
 * What is asked since it rose, before a mean over ten seconds has followed.
 *
 * <p>The latest stretches of several lengths are each held against the ten seconds before them (Wald's test of two rates of requests
 * that come independently). Of the stretch that differs most its mean counts where that it rose is beyond doubt, by
 * {@value #BEYOND_DOUBT} deviations of the difference: all of it where it is {@value #STEP} times what was before, and
 * {@value #DEVIATIONS_IF_RISEN} standard deviations less where the load may swing. Otherwise as much counts of the last second as
 * chance does not explain, {@value #DEVIATIONS} deviations below its mean. The deviation of so many requests is the root of the sum of
 * their squared costs.
 */
final class SuddenRise {
    private static final double DEVIATIONS = 2;
    private static final double DEVIATIONS_IF_RISEN = 1.5;
    private static final double STEP = 3;
    private static final double BEYOND_DOUBT = 4;
    private static final long LONGEST_MILLIS = 7_000;

    /** Beside the last second. */
    private static final long[] STRETCHES_MILLIS = {1_500, 2_000, 3_000, 4_500, LONGEST_MILLIS};

    /** For as long must be known what came. */
    static final long KEEP_NANOS = FleetDemand.LONG_NANOS + LONGEST_MILLIS * 1_000_000;

    /**
     * What was asked in one stretch.
     *
     * @param mean seconds of devices, a second
     * @param deviation of the mean
     * @param before the mean of the seconds before it
     * @param rise by how many deviations it is above that
     */
    private record Stretch(double mean, double deviation, double before, double rise) {
        /** What is to be reckoned with, where that it rose is beyond doubt. */
        double risen() {
            return mean >= STEP * before ? mean : mean - DEVIATIONS_IF_RISEN * deviation;
        }
    }

    private SuddenRise() {}

    /** Seconds of devices asked a second, of which the latest seconds are sure. */
    static double of(Collection<KindCourse> courses) {
        Stretch last = stretch(courses, FleetDemand.SHORT_NANOS);
        Stretch clearest = last;
        for (long millis : STRETCHES_MILLIS) {
            Stretch stretch = stretch(courses, millis * 1_000_000);
            clearest = stretch.rise() > clearest.rise() ? stretch : clearest;
        }
        return clearest.rise() > BEYOND_DOUBT ? clearest.risen() : last.mean() - DEVIATIONS * last.deviation();
    }

    private static Stretch stretch(Collection<KindCourse> courses, long nanos) {
        double mean = 0;
        double variance = 0;
        double before = 0;
        double varianceBefore = 0;
        for (KindCourse course : courses) {
            double arrivals = course.arrivalsASecond(nanos);
            double earlier = course.arrivalsASecond(nanos, FleetDemand.LONG_NANOS);
            mean += arrivals * course.cost();
            before += earlier * course.cost();
            variance += arrivals * course.squaredCost() / course.seconds(nanos);
            varianceBefore += earlier * course.squaredCost() / (FleetDemand.LONG_NANOS / 1e9);
        }
        double noise = Math.sqrt(variance + varianceBefore);
        return new Stretch(mean, Math.sqrt(variance), before, noise > 0 ? (mean - before) / noise : 0);
    }
}
