package phifleet.gateway.balance;

/**
 * How many workers there should be, and how many went without a word. So many are expected as were said to be, or as there were
 * at once; one that leaves the fleet in order is expected no more. Written under {@link WorkerDirectory}'s lock, read by anybody.
 */
final class Attendance {
    private final int said;
    private volatile int expected;
    private volatile long vanished;

    /** @param said how many there should be at least; 0 where nobody said */
    Attendance(int said) {
        this.said = said;
        this.expected = said;
    }

    int expected() {
        return expected;
    }

    long vanished() {
        return vanished;
    }

    /** So many members of the fleet there are now. */
    void present(int members) {
        expected = Math.max(expected, members);
    }

    /** One has left in order, and so many are there without it. */
    void left(int members) {
        expected = Math.max(Math.max(said, expected - 1), members);
    }

    /** One is gone that never said so. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread at a time
    void lost() {
        vanished++;
    }
}
