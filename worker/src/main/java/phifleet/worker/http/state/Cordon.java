package phifleet.worker.http.state;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Whether an operator keeps new requests from this worker. Gateways read it with each probe and pass the worker over; what comes all
 * the same is served. It ends with the process at the latest. Safe from every thread.
 */
public final class Cordon {
    private final LongSupplier nanos;
    private final AtomicReference<Standing> standing;

    /** How far it goes. */
    public enum State {
        /** Requests come as they like. */
        OPEN,
        /** None are to come, and those that are here end. */
        CORDONED,
        /** The same, and streams end once nothing of them is in hand. */
        DRAINED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Standing(State state, long sinceNanos) {}

    /** An open one. */
    public Cordon() {
        this(System::nanoTime);
    }

    /** @param nanos the clock */
    Cordon(LongSupplier nanos) {
        this.nanos = nanos;
        this.standing = new AtomicReference<>(new Standing(State.OPEN, nanos.getAsLong()));
    }

    public State state() {
        return standing.get().state();
    }

    /** For how long requests have been kept away, or let in again, in milliseconds. */
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - standing.get().sinceNanos());
    }

    /** Enters a state; false where it was there already. To drain a cordoned one takes no new time. */
    public boolean enter(State next) {
        Standing before = standing.getAndUpdate(now -> now.state() == next
                ? now
                : new Standing(next, isOpen(now.state()) == isOpen(next) ? now.sinceNanos() : nanos.getAsLong()));
        return before.state() != next;
    }

    private static boolean isOpen(State state) {
        return state == State.OPEN;
    }
}
