package phifleet.inference.lane;

import java.util.List;

/**
 * One of several that share a device, or a lane's part of it, by weight.
 *
 * <p>The claim that has had least time for its weight is served next: start-time fair queueing [1] with the time that was
 * measured. One that comes back from idleness starts where the others are, so it has no credit for time that it did not want.
 *
 * <p>Not thread-safe: guarded by the device's lock.
 *
 * <p>[1] P. Goyal, H. Vin, H. Cheng: Start-time Fair Queueing, SIGCOMM 1996.
 */
final class Claim {
    private static final int STEPS = 4;

    private final double weight;
    private final RecentUse usage = new RecentUse();
    private double virtualTime;

    Claim(double weight) {
        this.weight = weight;
    }

    double weight() {
        return weight;
    }

    double virtualTime() {
        return virtualTime;
    }

    /** The same, once it has had so much more time of the whole device. */
    double virtualTimeAfter(double nanos) {
        return virtualTime + nanos / weight;
    }

    /** It wants something again, after a time in which it did not. */
    void wakes(double present) {
        virtualTime = Math.max(virtualTime, present);
    }

    /** Counts time of the whole device towards its turn: what it will take, or a correction once that is known. */
    void charge(double nanos) {
        virtualTime += nanos / weight;
    }

    /** Counts time of the whole device that it had. */
    void used(double nanos, long now) {
        usage.add(nanos, now);
    }

    /** Another claim, and what it has waiting, in nanoseconds of the whole device. */
    record Rival(Claim claim, double waits) {}

    /**
     * When work of its own would be done beside others. At worst each of them takes time by its weight; one that has little
     * waiting, and lately wanted little, takes no more than that.
     *
     * @param own what it needs of the whole device, in nanoseconds
     * @return nanoseconds from now
     */
    double end(double own, List<Rival> rivals, long now) {
        double end = own;
        for (Rival rival : rivals) {
            end += mostTo(rival, own);
        }
        // Towards the greatest time that agrees with itself, from above, so never too early.
        for (int i = 0; i < STEPS; i++) {
            double next = own;
            for (Rival rival : rivals) {
                double wanted = rival.waits() + rival.claim().usage.share(now) * end;
                next += Math.min(mostTo(rival, own), wanted);
            }
            end = next;
        }
        return end;
    }

    private double mostTo(Rival rival, double own) {
        return own * rival.claim().weight / weight;
    }
}
