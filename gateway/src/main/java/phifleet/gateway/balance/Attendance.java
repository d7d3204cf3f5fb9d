package phifleet.gateway.balance;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How many workers there should be, and how many went without a word. While a scaler says how many replicas their service has to have, so
 * many are expected; else as many as there were at once, where one that leaves the fleet in order is expected no more. Never fewer than
 * somebody has set. Written under {@link WorkerDirectory}'s lock, read by anybody; times are its clock's, in nanoseconds.
 */
final class Attendance {
    /**
     * A scaler speaks each second. One that is silent for so long is gone, or has the service updated, where workers go and come back one by
     * one. Below the minute after which missing workers are an alarm.
     */
    static final Duration WORD_HOLDS = Duration.ofSeconds(30);

    private final int said;
    private volatile int remembered;
    private volatile long vanished;
    private volatile @Nullable Word word;

    /** A scaler's. */
    private record Word(int replicas, long atNanos) {}

    /** @param said how many there should be at least; 0 where nobody said */
    Attendance(int said) {
        this.said = said;
        this.remembered = said;
    }

    int expected(long now) {
        return Math.max(said, replicas(now).orElse(remembered));
    }

    /** As the last scaler said that was heard lately enough. */
    OptionalInt replicas(long now) {
        Word last = word;
        return last != null && now - last.atNanos() < WORD_HOLDS.toNanos()
                ? OptionalInt.of(last.replicas())
                : OptionalInt.empty();
    }

    long vanished() {
        return vanished;
    }

    /**
     * A scaler said it just now. Of those that once were there whom the service does not want back nobody is remembered, so that the scaler's
     * end brings no alarm.
     */
    void wanted(int replicas, int members, long now) {
        word = new Word(replicas, now);
        remembered = Math.max(said, Math.max(members, Math.min(remembered, replicas)));
    }

    /** So many members of the fleet there are now. */
    void present(int members) {
        remembered = Math.max(remembered, members);
    }

    /** One has left in order, and so many are there without it. */
    void left(int members) {
        remembered = Math.max(Math.max(said, remembered - 1), members);
    }

    /** One is gone that never said so. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread at a time
    void lost() {
        vanished++;
    }
}
