package phifleet.gateway.history;

/** One metric of one subject: an hour at five seconds and a day at a minute, in {@value #BYTES} bytes of values. */
final class TimeSeries {
    static final int FINE_STEP = 5;
    static final int FINE_SLOTS = 3_600 / FINE_STEP;
    static final int COARSE_STEP = 60;

    /** A day, and the hour in which somebody looks at it. */
    static final int COARSE_SLOTS = 25 * 60;

    static final int BYTES = 2 * (FINE_SLOTS + COARSE_SLOTS);

    private final Ring fine = new Ring(FINE_SLOTS, FINE_STEP);
    private final Ring coarse = new Ring(COARSE_SLOTS, COARSE_STEP);
    private final Metric.Rollup rollup;
    private final Gathering minute;
    private long minuteSlot = Long.MIN_VALUE;

    TimeSeries(Metric metric) {
        this.rollup = metric.rollup();
        this.minute = new Gathering(rollup);
    }

    void put(long epochSecond, double value) {
        fine.put(fine.slot(epochSecond), value);
        long slot = coarse.slot(epochSecond);
        if (slot < minuteSlot) {
            return;
        }
        if (slot != minuteSlot) {
            minute.clear();
            minuteSlot = slot;
        }
        minute.add(value);
        coarse.put(slot, minute.value());
    }

    /** What its values within a step come to; NaN where there are none. */
    double at(long epochSecond, Window window) {
        Ring ring = window.isFine() ? fine : coarse;
        Gathering all = new Gathering(rollup);
        for (long at = epochSecond; at < epochSecond + window.step(); at += ring.stepSeconds()) {
            all.add(ring.at(ring.slot(at)));
        }
        return all.value();
    }
}
