package phifleet.gateway.demand;

import java.util.List;

/**
 * How many workers are wanted, and why.
 *
 * @param wakefulness whether the fleet sleeps
 * @param mayShrink whether what is asked has been seen for long enough to end workers for it
 * @param reason in words, for a person
 * @param needed workers that the terms alone ask for now
 * @param greatestNeeded the most that they asked for within the time that a worker outlasts its need
 * @param kinds the demand by model and priority, the greatest first
 */
public record Decision(
        int wanted,
        Wakefulness wakefulness,
        boolean mayShrink,
        String reason,
        Terms terms,
        double needed,
        double greatestNeeded,
        List<KindDemand> kinds) {
    public Decision {
        kinds = List.copyOf(kinds);
    }

    /** Before anything is known. */
    static Decision none(int wanted) {
        return new Decision(
                wanted,
                Wakefulness.AWAKE,
                false,
                "nothing is known yet",
                new Terms(0, 0, 0, 0, 1, 0, false),
                0,
                0,
                List.of());
    }
}
