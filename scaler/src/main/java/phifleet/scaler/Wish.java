package phifleet.scaler;

/**
 * What the gateways want.
 *
 * @param workers the most that one of them wants
 * @param mayShrink whether all of them have seen the load for long enough to end workers for it
 */
record Wish(int workers, boolean mayShrink) {
    /** Of two gateways. */
    Wish and(Wish other) {
        return new Wish(Math.max(workers, other.workers), mayShrink && other.mayShrink);
    }
}
