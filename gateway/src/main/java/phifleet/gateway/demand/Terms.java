package phifleet.gateway.demand;

/**
 * What the fleet's size is reckoned from.
 *
 * @param asked seconds of devices a second that arrive at this gateway, refused or not
 * @param others the same that workers say they use and no answer of this gateway's accounts for
 * @param backlog seconds of devices that the requests in hand will take
 * @param waiting requests that no worker has taken
 * @param capacity seconds of its device that a worker gives a second
 * @param present workers that are ready or about to be
 * @param active whether anything is asked now
 */
public record Terms(
        double asked, double others, double backlog, long waiting, double capacity, int present, boolean active) {
    /** What is asked of the whole fleet, in seconds of devices a second. */
    public double demand() {
        return asked + others;
    }
}
