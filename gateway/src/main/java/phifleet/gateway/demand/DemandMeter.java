package phifleet.gateway.demand;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what is asked of the fleet through one gateway. A request costs a few additions; all reckoning is
 * {@link FleetDemand}'s. Safe from every thread.
 */
public final class DemandMeter {
    /** As many kinds are told apart; callers choose what they name. */
    private static final int MOST_KINDS = 1_000;

    /** Stands for all kinds beyond those. */
    private static final RequestKind OTHERS = new RequestKind("(others)", "interactive");

    private final Map<RequestKind, RequestTally> tallies = new ConcurrentHashMap<>();
    private final LongAdder waiting = new LongAdder();

    /** A request came, whatever will become of it; the caller ends it. */
    public OpenRequest arrived(RequestKind kind) {
        RequestTally known = tallies.get(kind);
        if (known == null) {
            RequestKind counted = tallies.size() < MOST_KINDS ? kind : OTHERS;
            known = tallies.computeIfAbsent(counted, first -> new RequestTally());
        }
        return new OpenRequest(kind.model(), known, waiting);
    }

    /** How many requests no worker has taken yet. */
    public long waiting() {
        return Math.max(0, waiting.sum());
    }

    Map<RequestKind, RequestTally> tallies() {
        return tallies;
    }
}
