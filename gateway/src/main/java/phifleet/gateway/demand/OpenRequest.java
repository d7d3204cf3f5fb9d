package phifleet.gateway.demand;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a gateway, counted: whether it waits for a worker, what it cost, when it is over. For one thread at a
 * time.
 */
public final class OpenRequest {
    private final @Nullable String model;
    private final RequestTally tally;
    private final LongAdder waiting;
    private boolean waits;
    private boolean over;

    /** Of a request that is not counted: over from the start, so that many threads may share it. */
    public static OpenRequest uncounted() {
        OpenRequest none = new OpenRequest(null, new RequestTally(), new LongAdder());
        none.end();
        return none;
    }

    OpenRequest(@Nullable String model, RequestTally tally, LongAdder waiting) {
        this.model = model;
        this.tally = tally;
        this.waiting = waiting;
        tally.arrived.increment();
        tally.open.increment();
    }

    /** The model as it is counted; null where the request is not. */
    public @Nullable String model() {
        return model;
    }

    /** Whether no worker takes it now. */
    public void waits(boolean now) {
        if (now != waits && !over) {
            waits = now;
            waiting.add(now ? 1 : -1);
        }
    }

    /** A worker says how much of its device's time it took. */
    public void took(long deviceNanos) {
        tally.took(deviceNanos);
    }

    /** It was answered, refused or given up; whatever comes after that changes nothing. */
    public void end() {
        waits(false);
        if (!over) {
            over = true;
            tally.open.decrement();
        }
    }
}
