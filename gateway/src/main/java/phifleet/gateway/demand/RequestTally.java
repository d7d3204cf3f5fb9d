package phifleet.gateway.demand;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** What came of the requests of one kind: sums that only grow, but for those that are open. Safe from every thread. */
final class RequestTally {
    final LongAdder arrived = new LongAdder();
    final LongAdder open = new LongAdder();
    final LongAdder measured = new LongAdder();
    final LongAdder deviceNanos = new LongAdder();

    /** Of the device's time in seconds, squared: how unequal requests are decides how much of a rise is chance. */
    final DoubleAdder squares = new DoubleAdder();

    void took(long nanos) {
        measured.increment();
        deviceNanos.add(nanos);
        double seconds = nanos / 1e9;
        squares.add(seconds * seconds);
    }
}
