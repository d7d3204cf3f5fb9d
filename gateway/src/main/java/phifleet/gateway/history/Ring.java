package phifleet.gateway.history;

/** The last values of a series at one pace, a slot each; slots are whole steps since 1970. What was never written is NaN. */
final class Ring {
    private final short[] codes;
    private final int stepSeconds;
    private long newest = Long.MIN_VALUE;

    Ring(int slots, int stepSeconds) {
        this.codes = new short[slots];
        this.stepSeconds = stepSeconds;
    }

    int stepSeconds() {
        return stepSeconds;
    }

    long slot(long epochSecond) {
        return Math.floorDiv(epochSecond, stepSeconds);
    }

    /** Writes a slot, which may be the newest one again; one before it is past. */
    void put(long slot, double value) {
        if (slot < newest) {
            return;
        }
        if (newest != Long.MIN_VALUE) {
            long from = Math.max(newest + 1, slot - codes.length + 1);
            for (long skipped = from; skipped < slot; skipped++) {
                codes[index(skipped)] = PackedValue.NONE;
            }
        }
        newest = slot;
        codes[index(slot)] = PackedValue.of(value);
    }

    double at(long slot) {
        return slot > newest || slot <= newest - codes.length ? Double.NaN : PackedValue.value(codes[index(slot)]);
    }

    private int index(long slot) {
        return (int) Math.floorMod(slot, (long) codes.length);
    }
}
