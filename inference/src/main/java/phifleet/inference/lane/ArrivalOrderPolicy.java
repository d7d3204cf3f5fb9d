package phifleet.inference.lane;

/** First come, first served, up to the number of inputs: what most servers do, kept as the baseline to compare with. */
public final class ArrivalOrderPolicy implements BatchPolicy {

    @Override
    public int[] select(int[] units, BatchLimits limits) {
        int[] chosen = new int[Math.min(units.length, limits.items())];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = i;
        }
        return chosen;
    }
}
