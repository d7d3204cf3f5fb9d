package phifleet.inference.lane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a submission that is offered would be done.
 *
 * @param aloneNanos on a device that did nothing else, in nanoseconds from now; 0 where the pace is not known yet
 * @param sharedNanos with no more than the share of the device that it is always given
 * @param endNanos here, from now
 * @param idle whether the lane has nothing else to do
 */
record Forecast(double aloneNanos, double sharedNanos, double endNanos, boolean idle) {
    /** How wrong the pace may be: an idle lane tries what should take no more than so many times the time there is. */
    private static final double TRIED = 4;

    /**
     * Why the submission is not taken; null where it is.
     *
     * @param leftNanos until its deadline
     * @param queueLimit how long others may delay it beyond its share, if somebody waits for it
     */
    @Nullable
    Admission refusal(double leftNanos, Duration queueLimit, Priority priority) {
        double borne = (idle ? TRIED : 1) * leftNanos;
        if (aloneNanos > borne) {
            return new Admission.TooLate(nanos(aloneNanos), nanos(leftNanos));
        }
        if (endNanos > borne) {
            return tooLong(leftNanos, Admission.Bound.DEADLINE);
        }
        double most = sharedNanos + queueLimit.toNanos();
        return priority == Priority.INTERACTIVE && endNanos > most ? tooLong(most, Admission.Bound.QUEUE) : null;
    }

    /** The queue gets shorter by as much as time passes. */
    private Admission.Overloaded tooLong(double mostNanos, Admission.Bound bound) {
        return new Admission.Overloaded(
                new Admission.Excess.Time(nanos(endNanos), nanos(mostNanos), bound), nanos(endNanos - mostNanos));
    }

    private static Duration nanos(double nanos) {
        return Duration.ofNanos((long) Math.ceil(Math.max(0, nanos)));
    }
}
