package phifleet.inference.lane;

/** Decides which of the waiting inputs run together. Pure: the same question gets the same answer. */
public interface BatchPolicy {

    /**
     * Chooses a batch.
     *
     * @param units the size of each candidate, one or more candidates, in the order in which fairness would serve them
     * @return the places of the chosen ones, ascending; place 0 is always among them, so that nobody starves
     */
    int[] select(int[] units, BatchLimits limits);
}
