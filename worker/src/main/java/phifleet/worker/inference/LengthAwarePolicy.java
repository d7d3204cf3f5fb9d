package phifleet.worker.inference;

import java.util.Arrays;

/**
 * Batches of inputs of similar length around the one that is due.
 *
 * <p>Every input of a batch is padded to the longest, so a batch of n inputs costs {@code fixed + n · longest} units and
 * does {@code Σ length} units of use. Of all runs of neighbours in order of length that hold the due input and keep to the
 * limits, this takes the one with the most use for its cost. Equal lengths have no padding and win; where they are few, a
 * little padding is taken as long as it costs less than starting another batch.
 *
 * <p>For a fixed longest input the use for the cost rises while the next shorter one's length, relative to the longest, is
 * above the value so far, and falls after it. So each end of a run is found in one pass and the whole takes
 * O(candidates · batch) steps.
 */
public final class LengthAwarePolicy implements BatchPolicy {
    private static final int PLACE_BITS = 20;
    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

    /** Stands for place 0, so that the due input sorts last among its equals: runs may then start or end with it. */
    private static final int DUE = (1 << PLACE_BITS) - 1;

    @Override
    public int[] select(int[] units, BatchLimits limits) {
        int count = Math.min(units.length, DUE);
        long[] byLength = new long[count];
        for (int i = 0; i < count; i++) {
            byLength[i] = ((long) units[i] << PLACE_BITS) | (i == 0 ? DUE : i);
        }
        Arrays.sort(byLength);
        int due = 0;
        while ((byLength[due] & PLACE_MASK) != DUE) {
            due++;
        }

        int bestFrom = due;
        int bestTo = due;
        double bestGain = 0;
        for (int to = due; to < count; to++) {
            int longest = length(byLength[to]);
            int room = Math.min(limits.items(), Math.max(1, limits.units() / Math.max(1, longest)));
            if (to - due + 1 > room) {
                break;
            }
            long useful = 0;
            int from = to + 1;
            while (from > 0 && to - from + 1 < room) {
                int next = length(byLength[from - 1]);
                double gain = gain(useful, to - from + 1, longest, limits);
                if (from <= due && next < gain * longest) {
                    break;
                }
                useful += next;
                from--;
            }
            double gain = gain(useful, to - from + 1, longest, limits);
            if (from <= due && gain > bestGain) {
                bestGain = gain;
                bestFrom = from;
                bestTo = to;
            }
        }

        int[] chosen = new int[bestTo - bestFrom + 1];
        for (int i = 0; i < chosen.length; i++) {
            int place = (int) (byLength[bestFrom + i] & PLACE_MASK);
            chosen[i] = place == DUE ? 0 : place;
        }
        Arrays.sort(chosen);
        return chosen;
    }

    private static double gain(long useful, int items, int longest, BatchLimits limits) {
        return useful / (limits.fixedUnits() + (double) items * longest);
    }

    private static int length(long entry) {
        return (int) (entry >>> PLACE_BITS);
    }
}
