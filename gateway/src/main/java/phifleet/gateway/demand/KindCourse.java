package phifleet.gateway.demand;

/**
 * One kind of request over time. A request is priced at the mean of those like it, so that it counts from its arrival on, and
 * also where it is refused. Not thread-safe.
 */
final class KindCourse {
    /** The mean is that of about so many of the latest requests. */
    private static final double MEMORY_REQUESTS = 200;

    private final RequestTally tally;
    private final Course arrivals = new Course(SuddenRise.KEEP_NANOS);
    private final Course spent = new Course(FleetDemand.LONG_NANOS);
    private long measuredBefore;
    private double secondsBefore;
    private double squaresBefore;
    private double count;
    private double seconds;
    private double squares;

    KindCourse(RequestTally tally, long now) {
        this.tally = tally;
        // Nothing came of it before.
        arrivals.add(now, 0);
        spent.add(now, 0);
    }

    void look(long now) {
        long measured = tally.measured.sum();
        double spentSeconds = tally.deviceNanos.sum() / 1e9;
        double squared = tally.squares.sum();
        double kept = Math.exp(-(double) (measured - measuredBefore) / MEMORY_REQUESTS);
        count = count * kept + measured - measuredBefore;
        seconds = seconds * kept + spentSeconds - secondsBefore;
        squares = squares * kept + squared - squaresBefore;
        measuredBefore = measured;
        secondsBefore = spentSeconds;
        squaresBefore = squared;
        arrivals.add(now, (double) tally.arrived.sum());
        spent.add(now, spentSeconds);
    }

    long open() {
        return Math.max(0, tally.open.sum());
    }

    double arrivalsASecond(long nanos) {
        return arrivals.rate(nanos);
    }

    /** For how much of the last so many nanoseconds it is known, in seconds. */
    double seconds(long nanos) {
        return arrivals.seconds(nanos);
    }

    /** Of the span that ended so many nanoseconds ago. */
    double arrivalsASecond(long endedNanosAgo, long spanNanos) {
        return arrivals.rate(endedNanosAgo, spanNanos);
    }

    double arrivals(long nanos) {
        return arrivals.growth(nanos);
    }

    /** Seconds of a device that its answers took, a second. */
    double spentASecond() {
        return spent.rate(FleetDemand.LONG_NANOS);
    }

    /** Seconds of a device that a request takes; 0 while none has said. */
    double cost() {
        return count > 0 ? seconds / count : 0;
    }

    /** The mean of its square. */
    double squaredCost() {
        return count > 0 ? squares / count : 0;
    }
}
